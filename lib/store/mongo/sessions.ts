import { randomUUID } from "node:crypto";
import { AppError } from "../../errors";
import type { PasswordCondition, Session, SessionUse, User } from "../accounts";
import { isIdle, isNewUse } from "../stored-accounts";
import { sessionOf } from "./account-rows";
import { SESSIONS_OF_USER } from "./account-schemas";
import { isDuplicate } from "./database";
import type { Models } from "./schemas";
import { getUser } from "./users";

/**
 * First the session, then a look at its user. A change of password goes the other way, first the hash and then the sessions, so one of the
 * two sees the other. Until this returns nobody has the session's token.
 */
export async function createSession(
  models: Models,
  { id, ...session }: Session,
  verified: string | undefined,
): Promise<boolean> {
  await insertSession(models, { id, ...session });
  const unchanged = verified === undefined ? {} : { passwordHash: verified };
  if (await models.users.exists({ _id: session.user, ...unchanged })) return true;
  await models.sessions.deleteOne({ _id: id });
  return false;
}

async function insertSession(models: Models, { id, ...session }: Session): Promise<void> {
  const attempt = randomUUID();
  try {
    await models.sessions.insertMany([{ _id: id, attempt, ...session }]);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    if (await models.sessions.exists({ _id: id, attempt })) return;
    throw new AppError("conflict", "There is a session of this id already.");
  }
}

export async function replacePassword(
  models: Models,
  id: string,
  passwordHash: string,
  { verified, keep }: PasswordCondition,
): Promise<boolean> {
  if (keep !== null && !(await models.sessions.exists({ _id: keep, user: id }))) return false;
  const unchanged = { _id: id, passwordHash: verified };
  const { matchedCount } = await models.users.updateOne(unchanged, { $set: { passwordHash } });
  // A resent write finds the new hash already.
  if (matchedCount === 0 && !(await models.users.exists({ _id: id, passwordHash }))) return false;
  await deleteSessions(models, id, keep ?? undefined);
  return true;
}

/** Two reads by `_id` cost less than one aggregation over both collections. */
export async function findSession(
  models: Models,
  id: string,
  now: Date,
  { idleMs, network }: SessionUse,
): Promise<{ session: Session; user: User } | null> {
  const row = await models.sessions.findOne({ _id: id, expiresAt: { $gt: now } }).lean();
  const user = row && (await getUser(models, row.user));
  if (!row || !user) return null;
  const session = sessionOf(row);
  if (isIdle(session, now, idleMs)) return null;
  if (!isNewUse(session.lastSeenAt, now)) return { session, user };
  const use = { lastSeenAt: now, network: network ?? session.network };
  await models.sessions.updateOne({ _id: id }, { $set: use });
  return { session: { ...session, ...use }, user };
}

export async function listSessions(
  models: Models,
  user: string,
  now: Date,
  idleMs: number | undefined,
): Promise<Session[]> {
  const rows = await models.sessions
    .find({ user, expiresAt: { $gt: now } })
    .hint(SESSIONS_OF_USER)
    .lean();
  // Too few to need an index in this order.
  return rows
    .map(sessionOf)
    .filter((session) => !isIdle(session, now, idleMs))
    .sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime() || (a.id < b.id ? -1 : 1));
}

export async function confirmSession(models: Models, id: string, now: Date): Promise<boolean> {
  return (await models.sessions.updateOne({ _id: id }, { $set: { confirmedAt: now } })).matchedCount > 0;
}

export async function deleteSession(models: Models, id: string, user: string | undefined): Promise<boolean> {
  const ofUser = user === undefined ? {} : { user };
  return (await models.sessions.deleteOne({ _id: id, ...ofUser })).deletedCount > 0;
}

export async function deleteSessions(
  models: Models,
  user: string,
  except: string | undefined,
): Promise<number> {
  const others = except === undefined ? {} : { _id: { $ne: except } };
  return (await models.sessions.deleteMany({ user, ...others }, { hint: SESSIONS_OF_USER })).deletedCount;
}

import { randomUUID } from "node:crypto";
import { AppError } from "../../errors";
import type { Session, User } from "../accounts";
import { SESSIONS_OF_USER } from "./account-schemas";
import { isDuplicate } from "./database";
import type { Models } from "./schemas";
import { getUser } from "./users";

/** Also stores the session of a user deleted meanwhile: it is worthless, and pruned when it has expired. */
export async function createSession(models: Models, { id, ...session }: Session): Promise<void> {
  const attempt = randomUUID();
  try {
    await models.sessions.insertMany([{ _id: id, attempt, ...session }]);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    if (await models.sessions.exists({ _id: id, attempt })) return;
    throw new AppError("conflict", "There is a session of this id already.");
  }
}

/** Two reads by `_id` cost less than one aggregation over both collections. */
export async function findSessionUser(models: Models, id: string, now: Date): Promise<User | null> {
  const session = await models.sessions.findOne({ _id: id, expiresAt: { $gt: now } }, { user: 1 }).lean();
  return session && getUser(models, session.user);
}

export async function deleteSession(models: Models, id: string): Promise<boolean> {
  return (await models.sessions.deleteOne({ _id: id })).deletedCount > 0;
}

export async function deleteSessions(
  models: Models,
  user: string,
  except: string | undefined,
): Promise<number> {
  const others = except === undefined ? {} : { _id: { $ne: except } };
  return (await models.sessions.deleteMany({ user, ...others }, { hint: SESSIONS_OF_USER })).deletedCount;
}

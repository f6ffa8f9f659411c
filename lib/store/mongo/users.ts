import { randomUUID } from "node:crypto";
import { AppError } from "../../errors";
import type { ActingAdmin, Identity, UsageHeir, User, UserChange } from "../accounts";
import { fold } from "../search";
import { emailTaken } from "../stored-accounts";
import { identityKey, identityKeys, userOf, userRowOf } from "./account-rows";
import { isDuplicate } from "./database";
import { moveUsage } from "./quota";
import { assertActs, assertAdminStays, assertMayLeave, underAdminLock } from "./rights";
import type { Models } from "./schemas";

/*
 * A user is one document, so e-mail address and identities are claimed together or not at all. The server's duplicate-key errors quote the
 * value, so they are never passed on.
 */

export async function createUser(models: Models, user: User, former?: string): Promise<boolean> {
  const made = await insertUser(models, user);
  if (made && former !== undefined) await moveUsage(models, former, user.id);
  return made;
}

async function insertUser(models: Models, user: User): Promise<boolean> {
  const attempt = randomUUID();
  try {
    await models.users.insertMany([userRowOf(user, attempt)]);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // The driver resends a write whose answer was lost, so the duplicate may be our own.
    return (await models.users.exists({ _id: user.id, attempt })) !== null;
  }
}

export async function getUser(models: Models, id: string): Promise<User | null> {
  const row = await models.users.findById(id).lean();
  return row && userOf(row);
}

export async function findUserByEmail(models: Models, email: string): Promise<User | null> {
  const row = await models.users.findOne({ email }).lean();
  return row && userOf(row);
}

export async function findUserByIdentity(models: Models, identity: Identity): Promise<User | null> {
  const row = await models.users.findOne({ identities: identityKey(identity) }).lean();
  return row && userOf(row);
}

export async function updateUser(models: Models, id: string, change: UserChange): Promise<User | null> {
  const { identities, ...rest } = change;
  const set = {
    ...rest,
    ...(rest.email === undefined ? {} : { emailFolded: fold(rest.email) }),
    ...(rest.name === undefined ? {} : { nameFolded: fold(rest.name) }),
    ...(identities?.length ? { identities: identityKeys(identities) } : {}),
  };
  const unset = identities?.length === 0 ? { identities: 1 as const } : {};
  try {
    const row = await models.users
      .findOneAndUpdate({ _id: id }, { $set: set, $unset: unset }, { returnDocument: "after" })
      .lean();
    return row && userOf(row);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const { email } = rest;
    if (email !== undefined && (await models.users.exists({ email, _id: { $ne: id } }))) throw emailTaken();
    throw new AppError("conflict", "That account elsewhere signs in to another account here.");
  }
}

export function updateUserAs(
  models: Models,
  by: ActingAdmin,
  id: string,
  change: UserChange,
): Promise<User | null> {
  return underAdminLock(models, async () => {
    await assertActs(models, by);
    await assertAdminStays(models, id, change);
    return updateUser(models, id, change);
  });
}

export function deleteUser(models: Models, id: string, heir?: UsageHeir): Promise<boolean> {
  return underAdminLock(models, async () => {
    await assertMayLeave(models, id);
    return removeUser(models, id, heir);
  });
}

/** Remembers the deletion first, as with runs, so that what is stored for the user meanwhile is removed later. */
async function removeUser(models: Models, id: string, heir: UsageHeir | undefined): Promise<boolean> {
  await models.deletions.updateOne({ _id: id }, { $set: { at: new Date() } }, { upsert: true });
  const { deletedCount } = await models.users.deleteOne({ _id: id });
  if (heir) await moveUsage(models, id, heir.account, heir.since);
  await removeBelongings(models, [id]);
  return deletedCount > 0;
}

/** Removes what belongs to those of `ids` that are not users. */
export async function removeBelongings(models: Models, ids: readonly string[]): Promise<void> {
  const left = await models.users.find({ _id: { $in: ids } }, { _id: 1 }).lean();
  const users = new Set(left.map((row) => row._id));
  const gone = ids.filter((id) => !users.has(id));
  if (gone.length === 0) return;
  await models.sessions.deleteMany({ user: { $in: gone } });
  await models.tokens.deleteMany({ user: { $in: gone } });
  await models.keys.deleteMany({ owner: { $in: gone } });
  const hooks = await models.webhooks.find({ owner: { $in: gone } }, { _id: 1 }).lean();
  await models.deliveries.deleteMany({ webhook: { $in: hooks.map((row) => row._id) } });
  await models.webhooks.deleteMany({ owner: { $in: gone } });
  await models.usage.deleteMany({ owner: { $in: gone } });
}

import { AppError } from "../../errors";
import type { ApiKey, User } from "../accounts";
import { credentialEnded, isNewUse } from "../stored-accounts";
import { keyOf } from "./account-rows";
import { isDuplicate } from "./database";
import { holds } from "./rights";
import type { Models } from "./schemas";
import { getUser } from "./users";

/** First the key, then a look at the session: until this returns nobody has the key. */
export async function createKey(
  models: Models,
  key: ApiKey,
  limit: number,
  session: string | undefined,
): Promise<boolean> {
  if (!(await insertKey(models, key, limit))) return false;
  const { id, owner, createdAt } = key;
  if (session === undefined || (await holds(models, owner, { session }, createdAt))) return true;
  await models.keys.deleteOne({ _id: id });
  throw credentialEnded();
}

async function insertKey(models: Models, { id, ...key }: ApiKey, limit: number): Promise<boolean> {
  const { owner, hash } = key;
  if (!(await models.users.exists({ _id: owner }))) return false;
  // Repeats only when a concurrent call took the slot, which leaves one fewer each time, so it terminates.
  for (;;) {
    const kept = await models.keys.find({ owner }, { slot: 1 }).lean();
    if (kept.length >= limit) return false;
    const slot = firstFree(kept.map((each) => each.slot));
    try {
      await models.keys.insertMany([{ _id: id, ...key, slot }]);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    // The driver resends a write whose answer was lost, so the duplicate may be our own.
    if (await models.keys.exists({ _id: id, hash, owner, slot })) return true;
    if ((await models.keys.exists({ _id: id })) || (await models.keys.exists({ hash }))) {
      throw new AppError("conflict", "There is a key of this id or hash already.");
    }
  }
}

function firstFree(taken: readonly number[]): number {
  const slots = new Set(taken);
  let slot = 0;
  while (slots.has(slot)) slot += 1;
  return slot;
}

export async function listKeys(models: Models, owner: string): Promise<ApiKey[]> {
  const rows = await models.keys.find({ owner }).lean();
  // Too few to need an index in this order.
  return rows
    .map(keyOf)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
}

export async function keyWithOwner(
  models: Models,
  hash: string,
  now: Date,
): Promise<{ key: ApiKey; user: User } | null> {
  const row = await models.keys.findOne({ hash }).lean();
  const user = row && (await getUser(models, row.owner));
  if (!row || !user) return null;
  const key = keyOf(row);
  if (!isNewUse(key.lastUsedAt, now)) return { key, user };
  // Of concurrent uses only the first writes.
  const unchanged = { _id: key.id, lastUsedAt: key.lastUsedAt };
  await models.keys.updateOne(unchanged, { $set: { lastUsedAt: now } });
  return { key: { ...key, lastUsedAt: now }, user };
}

export async function deleteKey(models: Models, id: string, owner: string): Promise<boolean> {
  return (await models.keys.deleteOne({ _id: id, owner })).deletedCount > 0;
}

export async function deleteKeys(models: Models, owner: string): Promise<number> {
  return (await models.keys.deleteMany({ owner })).deletedCount;
}

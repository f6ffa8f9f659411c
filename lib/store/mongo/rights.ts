import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../errors";
import type { Credential } from "../../schemas/account";
import type { ActingAdmin, UserChange } from "../accounts";
import { lastAdmin, noAdminAnyMore } from "../stored-accounts";
import { ADMIN_INDEX } from "./account-schemas";
import { isDuplicate } from "./database";
import type { Models } from "./schemas";

/*
 * Who may still do what. MongoDB without replicas has no transactions, so:
 *
 * - What a credential allows is written first and checked afterwards: if the session, the key or the account ended before the check, what
 *   was written is taken back before anybody has heard of it.
 * - "Not the last admin" is about many users. Changes of who is an admin are rare, so they are made one at a time, under a lock of all
 *   processes.
 */

/** Longer than any step under the lock can take. Ends by the processes' clocks, which must agree to half a minute. */
const LOCK_MS = 60_000;
const RETRY_MS = 15;
/** A request is answered earlier, by the time limit of its step; then, as with every late write, the change may still be made. */
const WAIT_MS = 10_000;
const LOCK_ID = "admins";

/** Does `work` while no other process changes who is an admin. Throws `store_unavailable` when the others do not end. */
export async function underAdminLock<T>(models: Models, work: () => Promise<T>): Promise<T> {
  const holder = randomUUID();
  const until = Date.now() + WAIT_MS;
  while (!(await takeLock(models, holder))) {
    if (Date.now() > until) {
      const message = "Admins are being changed by somebody else; try again.";
      throw new AppError("store_unavailable", message, { retryAfterS: 5 });
    }
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await models.locks.deleteOne({ _id: LOCK_ID, holder });
  }
}

async function takeLock(models: Models, holder: string): Promise<boolean> {
  const now = new Date();
  const heldUntil = new Date(now.getTime() + LOCK_MS);
  await models.locks.deleteOne({ _id: LOCK_ID, heldUntil: { $lt: now } });
  try {
    await models.locks.insertMany([{ _id: LOCK_ID, holder, heldUntil }]);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // The driver resends a write whose answer was lost, so the duplicate may be our own.
    return (await models.locks.exists({ _id: LOCK_ID, holder })) !== null;
  }
}

/** Whether the credential is the user's and holds at `now`. */
export async function holds(
  models: Models,
  user: string,
  credential: Credential,
  now: Date,
): Promise<boolean> {
  const [ofUser, owner] = await Promise.all([
    "session" in credential
      ? models.sessions.exists({ _id: credential.session, user, expiresAt: { $gt: now } })
      : models.keys.exists({
          _id: credential.key,
          owner: user,
          $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }],
        }),
    models.users.exists({ _id: user, suspendedAt: null }),
  ]);
  return ofUser !== null && owner !== null;
}

export const ACTIVE_ADMIN = { admin: true, suspendedAt: null } as const;

/** Throws `forbidden` unless that session is an admin's. Call it under the lock. */
export async function assertActs(models: Models, { user, session }: ActingAdmin): Promise<void> {
  const [admin, open] = await Promise.all([
    models.users.exists({ _id: user, ...ACTIVE_ADMIN }),
    models.sessions.exists({ _id: session, user }),
  ]);
  if (!admin || !open) throw noAdminAnyMore();
}

/** Throws `conflict` when the change would leave no admin. Call it under the lock. */
export async function assertAdminStays(
  models: Models,
  id: string,
  { admin, suspendedAt }: UserChange,
): Promise<void> {
  const withdraws = admin === false || (suspendedAt ?? null) !== null;
  if (withdraws && (await isLastAdmin(models, id))) throw lastAdmin();
}

/** Throws `conflict` when `id` is the last admin and somebody else has an account. Call it under the lock. */
export async function assertMayLeave(models: Models, id: string): Promise<void> {
  if ((await isLastAdmin(models, id)) && (await models.users.exists({ _id: { $ne: id } }).hint({ _id: 1 })))
    throw lastAdmin();
}

async function isLastAdmin(models: Models, id: string): Promise<boolean> {
  if (!(await models.users.exists({ _id: id, ...ACTIVE_ADMIN }))) return false;
  return (await models.users.exists({ _id: { $ne: id }, ...ACTIVE_ADMIN }).hint(ADMIN_INDEX)) === null;
}

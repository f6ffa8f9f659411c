import * as z from "zod";
import type { Credential } from "../../schemas/account";
import type { ActingAdmin, UserChange } from "../accounts";
import { credentialEnded, lastAdmin, noAdminAnyMore } from "../stored-accounts";
import type { EmbeddedDatabase } from "./database";

/*
 * Who may still do what, as conditions inside the transaction that does it. A request is identified before it is carried out, and a
 * session, a key, an account or an admin's rights may end in between.
 */

const there = z.object({ there: z.number() });
const ACTIVE_ADMIN = "admin = 1 AND suspended_at IS NULL";

export const SESSION_HOLDS_STATEMENT = `
  SELECT 1 AS there FROM sessions JOIN users ON users.seq = sessions.user
  WHERE sessions.id = ? AND users.id = ? AND sessions.expires_at > ? AND users.suspended_at IS NULL`;

export const KEY_HOLDS_STATEMENT = `
  SELECT 1 AS there FROM keys JOIN users ON users.seq = keys.user
  WHERE keys.id = ? AND users.id = ? AND coalesce(keys.expires_at > ?, 1) AND users.suspended_at IS NULL`;

/** Throws `unauthorized` unless the credential is the user's and holds at `now`. Call it inside a transaction. */
export function assertHolds(
  database: EmbeddedDatabase,
  user: string,
  credential: Credential,
  now: Date,
): void {
  const [sql, id] =
    "session" in credential
      ? [SESSION_HOLDS_STATEMENT, credential.session]
      : [KEY_HOLDS_STATEMENT, credential.key];
  if (!database.get(there, sql, id, user, now.getTime())) throw credentialEnded();
}

/** Throws `conflict` when nobody but `id` could act as an admin. Call it inside a transaction. */
function assertOtherAdmin(database: EmbeddedDatabase, id: string): void {
  const other = `SELECT 1 AS there FROM users WHERE ${ACTIVE_ADMIN} AND id <> ? LIMIT 1`;
  if (!database.get(there, other, id)) throw lastAdmin();
}

export function isActiveAdmin(database: EmbeddedDatabase, id: string): boolean {
  return database.get(there, `SELECT 1 AS there FROM users WHERE id = ? AND ${ACTIVE_ADMIN}`, id) !== null;
}

/** Throws `forbidden` unless that session is an admin's. Call it inside a transaction. */
export function assertActs(database: EmbeddedDatabase, { user, session }: ActingAdmin): void {
  const sql = `SELECT 1 AS there FROM sessions JOIN users ON users.seq = sessions.user
    WHERE sessions.id = ? AND users.id = ? AND ${ACTIVE_ADMIN}`;
  if (!database.get(there, sql, session, user)) throw noAdminAnyMore();
}

/** Throws `conflict` when the change would leave no admin. Call it inside a transaction. */
export function assertAdminStays(
  database: EmbeddedDatabase,
  id: string,
  { admin, suspendedAt }: UserChange,
): void {
  const withdraws = admin === false || (suspendedAt ?? null) !== null;
  if (withdraws && isActiveAdmin(database, id)) assertOtherAdmin(database, id);
}

/** Throws `conflict` when `id` is the last admin and somebody else has an account. Call it inside a transaction. */
export function assertMayLeave(database: EmbeddedDatabase, id: string): void {
  if (!isActiveAdmin(database, id)) return;
  if (database.get(there, "SELECT 1 AS there FROM users WHERE id <> ? LIMIT 1", id)) {
    assertOtherAdmin(database, id);
  }
}

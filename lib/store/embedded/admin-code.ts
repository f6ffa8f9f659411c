import * as z from "zod";
import type { User } from "../accounts";
import type { EmbeddedDatabase } from "./database";
import { isActiveAdmin } from "./rights";
import { findUserByEmail, updateUser } from "./users";

const hashRow = z.object({ hash: z.string() });
const there = z.object({ there: z.number() });

const SOME_ADMIN = "SELECT 1 AS there FROM users WHERE admin = 1 AND suspended_at IS NULL LIMIT 1";

export function offerAdminCode(database: EmbeddedDatabase, hash: string): boolean {
  return database.transaction(() => {
    database.run("DELETE FROM admin_code");
    if (database.get(there, SOME_ADMIN)) return false;
    database.run("INSERT INTO admin_code (hash) VALUES (?)", hash);
    return true;
  });
}

export function adminCode(database: EmbeddedDatabase): string | null {
  if (database.get(there, SOME_ADMIN)) return null;
  return database.get(hashRow, "SELECT hash FROM admin_code")?.hash ?? null;
}

export function redeemAdminCode(database: EmbeddedDatabase, hash: string, user: string): boolean {
  return database.transaction(() => {
    if (adminCode(database) !== hash) return false;
    const sql = "UPDATE users SET admin = 1, waiting = 0 WHERE id = ? AND suspended_at IS NULL";
    if (database.run(sql, user) === 0) return false;
    database.run("DELETE FROM admin_code");
    return isActiveAdmin(database, user);
  });
}

export function grantAdmin(database: EmbeddedDatabase, email: string): User | null {
  const user = findUserByEmail(database, email);
  const granted = user && updateUser(database, user.id, { admin: true, waiting: false, suspendedAt: null });
  if (granted) database.run("DELETE FROM admin_code");
  return granted;
}

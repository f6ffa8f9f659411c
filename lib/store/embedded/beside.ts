import type Database from "libsql";
import type { AuditEntry } from "../accounts";
import { openBeside } from "./open-beside";

/** What is done to an account from outside of the server. */
export type AdminAction = "grant" | "end-two-factor";

/**
 * Does something to the account with an address and writes the entry about it, whether a server has the database open or not. Answers the
 * user's id, `null` when nobody has the address. Throws as `openBeside`.
 */
export function actBeside(
  directory: string,
  action: AdminAction,
  email: string,
  entry: (user: string) => AuditEntry,
): string | null {
  const database = openBeside(directory);
  try {
    database.pragma("synchronous = FULL");
    return database.transaction(() => act(database, action, email, entry)).immediate();
  } finally {
    database.close();
  }
}

function act(
  database: Database.Database,
  action: AdminAction,
  email: string,
  entry: (user: string) => AuditEntry,
): string | null {
  const user = action === "grant" ? grant(database, email) : endTwoFactor(database, email);
  if (user === null) return null;
  const { id, at, action: noted, actor, subject, detail } = entry(user);
  database
    .prepare("INSERT INTO audit (id, at, action, actor, subject, detail) VALUES (?, ?, ?, ?, ?, ?)")
    .run(id, at.getTime(), noted, actor, subject, JSON.stringify(detail));
  return user;
}

function grant(database: Database.Database, email: string): string | null {
  const sql = "UPDATE users SET admin = 1, waiting = 0, suspended_at = NULL WHERE email = ? RETURNING id";
  const found = database.prepare(sql).get(email) as { id: string } | undefined;
  if (!found) return null;
  database.prepare("DELETE FROM admin_code").run();
  return found.id;
}

function endTwoFactor(database: Database.Database, email: string): string | null {
  const sql = "SELECT id, seq FROM users WHERE email = ?";
  const found = database.prepare(sql).get(email) as { id: string; seq: number } | undefined;
  if (!found) return null;
  database.prepare("DELETE FROM two_factor WHERE user = ?").run(found.seq);
  return found.id;
}

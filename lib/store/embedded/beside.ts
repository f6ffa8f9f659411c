import fs from "node:fs";
import path from "node:path";
import Database from "libsql";
import { AppError } from "../../errors";
import type { AuditEntry } from "../accounts";
import { MIGRATIONS } from "./migrations";

/** What is done to an account from outside of the server. */
export type AdminAction = "grant" | "end-two-factor";

/**
 * Does something to the account with an address and writes the entry about it, whether a server has the database open or not: both of SQLite's
 * locks and the log are made for that. The server's own lock of the data directory is not taken. Answers the user's id, `null` when nobody has
 * the address. Throws `store_unavailable` when there is no database, or one of another version.
 */
export function actBeside(
  directory: string,
  action: AdminAction,
  email: string,
  entry: (user: string) => AuditEntry,
): string | null {
  const file = path.join(directory, "quicksand.db");
  if (!fs.existsSync(file)) throw unavailable(`There is no database in ${directory}: start Quicksand first.`);
  const database = new Database(file);
  try {
    database.pragma("busy_timeout = 5000");
    database.pragma("synchronous = FULL");
    const [row] = database.pragma("user_version") as { user_version: number }[];
    if (row?.user_version !== MIGRATIONS.length) {
      throw unavailable(
        `The database has schema ${row?.user_version}; this Quicksand has ${MIGRATIONS.length}. Start this version of Quicksand once, then try again.`,
      );
    }
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

function unavailable(message: string): AppError {
  return new AppError("store_unavailable", message);
}

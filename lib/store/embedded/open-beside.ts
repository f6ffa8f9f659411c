import fs from "node:fs";
import path from "node:path";
import Database from "libsql";
import { assertSchemaVersion } from "../schema-version";
import { MIGRATIONS } from "./migrations";

/**
 * Opens the database beside a server that may have it open: SQLite's locks and its log are made for that. The server's own lock of the data
 * directory is not taken. Throws `store_unavailable` when there is no database, or one of another version. Close it.
 */
export function openBeside(directory: string): Database.Database {
  const file = path.join(directory, "quicksand.db");
  const where = `in ${directory}`;
  if (!fs.existsSync(file)) assertSchemaVersion(null, MIGRATIONS.length, where);
  const database = new Database(file);
  try {
    database.pragma("busy_timeout = 5000");
    assertSchemaVersion(schemaVersion(database), MIGRATIONS.length, where);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export function schemaVersion(database: Database.Database): number {
  const [row] = database.pragma("user_version") as { user_version: number }[];
  return row?.user_version ?? 0;
}

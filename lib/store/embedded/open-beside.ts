import fs from "node:fs";
import path from "node:path";
import Database from "libsql";
import { AppError } from "../../errors";
import { MIGRATIONS } from "./migrations";

/**
 * Opens the database beside a server that may have it open: SQLite's locks and its log are made for that. The server's own lock of the data
 * directory is not taken. Throws `store_unavailable` when there is no database, or one of another version. Close it.
 */
export function openBeside(directory: string): Database.Database {
  const file = path.join(directory, "quicksand.db");
  if (!fs.existsSync(file)) throw unavailable(`There is no database in ${directory}: start Quicksand first.`);
  const database = new Database(file);
  try {
    database.pragma("busy_timeout = 5000");
    const version = schemaVersion(database);
    if (version === MIGRATIONS.length) return database;
    const remedy =
      version > MIGRATIONS.length
        ? "Use the newer Quicksand that wrote it."
        : "Start this version of Quicksand once, then try again.";
    throw unavailable(
      `The database has schema ${version}; this Quicksand has ${MIGRATIONS.length}. ${remedy}`,
    );
  } catch (error) {
    database.close();
    throw error;
  }
}

export function schemaVersion(database: Database.Database): number {
  const [row] = database.pragma("user_version") as { user_version: number }[];
  return row?.user_version ?? 0;
}

function unavailable(message: string): AppError {
  return new AppError("store_unavailable", message);
}

import fs from "node:fs";
import path from "node:path";
import Database from "libsql";
import { unavailable } from "./sqlite-errors";

const LOCK_WAIT_MS = 2_000;

/**
 * Locks the data directory for this process. The kernel releases the lock with the process, however that ends. The lock is on a separate
 * file, so that others, such as a backup, can read the database meanwhile.
 */
export function lock(file: string, directory: string): Database.Database {
  const held = new Database(file);
  try {
    held.pragma(`busy_timeout = ${LOCK_WAIT_MS}`);
    held.exec("BEGIN EXCLUSIVE");
    return held;
  } catch (cause) {
    held.close();
    throw unavailable(
      `The data directory ${directory} is in use by another Quicksand: stop that one, or set QUICKSAND_DATA_DIR.`,
      cause,
    );
  }
}

export function release(held: Database.Database): void {
  if (held.inTransaction) held.exec("ROLLBACK");
  held.close();
}

/** Whether a process has a data directory now. Asks for the lock and gives it back at once, and makes no file. */
export function isDirectoryLocked(directory: string): boolean {
  const file = path.join(directory, "quicksand.lock");
  if (!fs.existsSync(file)) return false;
  const asked = new Database(file);
  try {
    asked.pragma("busy_timeout = 0");
    asked.exec("BEGIN EXCLUSIVE; ROLLBACK");
    return false;
  } catch {
    return true;
  } finally {
    asked.close();
  }
}

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

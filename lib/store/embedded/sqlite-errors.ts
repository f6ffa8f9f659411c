import { AppError } from "../../errors";
import { storeFull } from "../room";

export function unavailable(message: string, cause?: unknown): AppError {
  return new AppError("store_unavailable", message, { retryAfterS: 5, cause });
}

/** SQLite's codes for trouble with the disk or the file, and what to do about it. Other codes are our bugs. */
const REMEDIES: Readonly<Record<string, string>> = {
  SQLITE_IOERR: "The disk does not work: look at the machine's own log.",
  SQLITE_READONLY: "The database cannot be written: make the data directory writable.",
  SQLITE_CANTOPEN: "The database cannot be opened: look at the permissions of the data directory.",
  SQLITE_BUSY: "The database is busy: try again.",
  SQLITE_LOCKED: "The database is busy: try again.",
  SQLITE_CORRUPT: "The database is damaged: restore it from a backup.",
  SQLITE_NOTADB: "quicksand.db is not a database: move it away, or restore it from a backup.",
};

/** An error of SQLite as the store's own, with what to do about it; any other error as it is. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  // Extended codes begin with their kind: SQLITE_IOERR_WRITE.
  const kind = /^SQLITE_[A-Z]+/.exec(error.code)?.[0] ?? "";
  if (kind === "SQLITE_FULL") return storeFull(error);
  const remedy = REMEDIES[kind];
  return remedy === undefined ? error : unavailable(remedy, error);
}

/** Whether SQLite says that a file is no database, or that one is damaged. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error));
}

/** Whether a row was refused because there is one with the same key. */
export function isConstraint(error: unknown): boolean {
  return /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

import fs from "node:fs";
import path from "node:path";
import Database from "libsql";
import type * as z from "zod";
import { AppError } from "../../errors";
import { migrate } from "./migrations";

/** What may be bound. A boolean would end the whole process: libsql's native part does not expect one. */
export type SqlValue = string | number | null | Buffer;

const LOCK_WAIT_MS = 2_000;

/**
 * The database file with what we ask of it, and only that: rows come out parsed, errors of ours as `AppError`.
 * Texts are read up to a NUL character by libsql, so anything that may hold one is kept as JSON, which escapes it.
 */
export class EmbeddedDatabase {
  readonly #database: Database.Database;
  readonly #lock: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  /** What waits for the next commit of several. */
  readonly #batch: {
    work: () => unknown;
    resolve: (value: unknown) => void;
    reject: (error: unknown) => void;
  }[] = [];
  #open = true;

  /** Opens `quicksand.db` in a directory, made when missing. One process at a time can have it open. */
  constructor(directory: string) {
    const file = path.join(directory, "quicksand.db");
    const lockFile = path.join(directory, "quicksand.lock");
    try {
      fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
      // The database and what SQLite puts beside it, which takes over its mode, hold other people's programs.
      for (const name of [file, lockFile]) fs.closeSync(fs.openSync(name, "a", 0o600));
    } catch (cause) {
      throw unavailable(`The data directory ${directory} cannot be written: make it writable.`, cause);
    }
    this.#lock = lock(lockFile, directory);
    try {
      this.#database = new Database(file);
      for (const pragma of [
        "busy_timeout = 1000",
        "journal_mode = WAL",
        // A commit that was answered is on the disk, not only on its way there.
        "synchronous = FULL",
        "foreign_keys = ON",
        // What is deleted is overwritten, not only forgotten.
        "secure_delete = ON",
        "cache_size = -32768",
        "temp_store = MEMORY",
        "journal_size_limit = 67108864",
      ]) {
        this.#database.pragma(pragma);
      }
      migrate({
        version: () => Number(this.#pragma("user_version")),
        advance: (sql, version) =>
          this.transaction(() => this.#database.exec(`${sql}; PRAGMA user_version = ${version};`)),
      });
    } catch (error) {
      release(this.#lock);
      throw translated(error);
    }
  }

  #pragma(name: string): unknown {
    const [row] = this.#database.pragma(name) as Record<string, unknown>[];
    return row?.[name];
  }

  get sqliteVersion(): string {
    const row = this.#database.prepare("SELECT sqlite_version() AS version").get();
    return (row as { version: string }).version;
  }

  /** The first row, or `null`. */
  get<T extends z.ZodType>(row: T, sql: string, ...values: SqlValue[]): z.output<T> | null {
    const found = this.#call(() => this.#prepared(sql).get(...values));
    return found === undefined ? null : row.parse(found);
  }

  all<T extends z.ZodType>(row: T, sql: string, ...values: SqlValue[]): z.output<T>[] {
    // Always to the last row: a cursor left half-way would keep its snapshot, and every write after it would fail.
    const found = this.#call(() => this.#prepared(sql).all(...values));
    return found.map((each) => row.parse(each));
  }

  /** Answers how many rows were changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#call(() => this.#prepared(sql).run(...values)).changes;
  }

  /** All of it or nothing. The work is synchronous, so nothing of another request comes in between. */
  transaction<T>(work: () => T): T {
    return this.#call(() => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        // Some errors, such as a full disk, have rolled back already.
        if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /**
   * As `transaction`, without waiting for the disk: a power cut may forget it, the death of this process does not. The next commit that
   * waits takes it along, because the log is written in order.
   */
  relaxedTransaction<T>(work: () => T): T {
    return this.#call(() => {
      this.#database.exec("PRAGMA synchronous = NORMAL");
      try {
        return this.transaction(work);
      } finally {
        this.#database.exec("PRAGMA synchronous = FULL");
      }
    });
  }

  /**
   * As `transaction`, in one commit with all others that are asked for in the same moment: the wait for the disk, which holds up
   * everybody, is one for all of them. One that fails takes only itself back.
   */
  groupCommit<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#batch.length === 0) setImmediate(() => this.#commitBatch());
      this.#batch.push({ work, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  #commitBatch(): void {
    const batch = this.#batch.splice(0);
    const settle: (() => void)[] = [];
    try {
      this.transaction(() => {
        for (const { work, resolve, reject } of batch) {
          this.#database.exec("SAVEPOINT one");
          try {
            const value = work();
            settle.push(() => resolve(value));
          } catch (error) {
            // A full disk has taken back everything; then the commit below fails for all of them.
            if (!this.#database.inTransaction) throw error;
            this.#database.exec("ROLLBACK TO one");
            settle.push(() => reject(translated(error)));
          }
          this.#database.exec("RELEASE one");
        }
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const each of settle) each();
  }

  close(): void {
    if (!this.#open) return;
    this.#commitBatch();
    this.#open = false;
    this.#statements.clear();
    try {
      // One file is left, whole; and what was deleted is not in the log either.
      this.#database.pragma("wal_checkpoint(TRUNCATE)");
      this.#database.close();
    } finally {
      release(this.#lock);
    }
  }

  #prepared(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #call<T>(work: () => T): T {
    if (!this.#open) throw unavailable("The database is closed: Quicksand is shutting down.");
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  }
}

/**
 * Holds the data directory for this process. The kernel gives it up with the process, however that ends. It is a file of its
 * own so that others, such as a backup, may read the database meanwhile.
 */
function lock(file: string, directory: string): Database.Database {
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

function release(held: Database.Database): void {
  if (held.inTransaction) held.exec("ROLLBACK");
  held.close();
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError("store_unavailable", message, { retryAfterS: 5, cause });
}

/** What SQLite says when the disk or the file is at fault, and what to do then. Other codes are faults of ours. */
const REMEDIES: Readonly<Record<string, string>> = {
  SQLITE_FULL: "The disk is full: make room in the data directory.",
  SQLITE_IOERR: "The disk does not work: look at the machine's own log.",
  SQLITE_READONLY: "The database cannot be written: make the data directory writable.",
  SQLITE_CANTOPEN: "The database cannot be opened: look at the permissions of the data directory.",
  SQLITE_BUSY: "The database is busy: try again.",
  SQLITE_LOCKED: "The database is busy: try again.",
  SQLITE_CORRUPT: "The database is damaged: restore it from a backup.",
  SQLITE_NOTADB: "quicksand.db is not a database: move it away, or restore it from a backup.",
};

function translated(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  // Extended codes have their kind in front: SQLITE_IOERR_WRITE.
  const kind = /^SQLITE_[A-Z]+/.exec(error.code)?.[0] ?? "";
  const remedy = REMEDIES[kind];
  return remedy === undefined ? error : unavailable(remedy, error);
}

import fs from "node:fs";
import path from "node:path";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import Database from "libsql";
import type * as z from "zod";
import { AppError } from "../../errors";
import type { Room } from "../room";
import { lock, release } from "./directory-lock";
import { DiskRoom } from "./disk-room";
import { LogSync } from "./log-sync";
import { migrate } from "./migrations";
import { translated, unavailable } from "./sqlite-errors";

/** What may be bound. A boolean would end the whole process: libsql's native part does not expect one. */
export type SqlValue = string | number | null | Buffer;

const BUSY_MS = 1_000;
const TIDY_MS = 5_000;
/** Free pages that stay in the file for the next runs, and pages that one step gives back, some ten milliseconds. */
const SPARE_PAGES = 512;
const VACUUM_PAGES = 256;

/**
 * The database file, reduced to what the store needs: rows come out parsed, expected errors as `AppError`. libsql reads texts only up to a
 * NUL character, so whatever may contain one is stored as JSON, which escapes it.
 */
export class EmbeddedDatabase {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #lock: Database.Database;
  readonly #room: DiskRoom;
  readonly #statements = new Map<string, Database.Statement>();
  /** Work waiting for the next group commit. */
  readonly #batch: {
    work: () => unknown;
    resolve: (value: unknown) => void;
    reject: (error: unknown) => void;
  }[] = [];
  #open = true;
  #waitsForNothing = false;
  #log: LogSync | undefined;
  #tidying: Promise<void> | undefined;
  #vacuuming = false;
  #tidyTimer: NodeJS.Timeout | undefined;

  /**
   * Opens `quicksand.db` in a directory, which is created when missing. Only one process at a time can have it open. `limitBytes` is the
   * most that the file may take, where that is less than the disk has.
   */
  constructor(directory: string, limitBytes?: number) {
    this.#file = path.join(directory, "quicksand.db");
    const lockFile = path.join(directory, "quicksand.lock");
    try {
      fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
      // They hold other people's programs. SQLite gives the files it adds beside them the same mode.
      for (const name of [this.#file, lockFile]) fs.closeSync(fs.openSync(name, "a", 0o600));
    } catch (cause) {
      throw unavailable(`The data directory ${directory} cannot be written: make it writable.`, cause);
    }
    this.#lock = lock(lockFile, directory);
    try {
      this.#database = new Database(this.#file);
      for (const pragma of [
        `busy_timeout = ${BUSY_MS}`,
        // Before anything is written. A file of before is rewritten once, below.
        "auto_vacuum = INCREMENTAL",
        "journal_mode = WAL",
        // No commit waits for the disk; whoever needs that says so.
        "synchronous = NORMAL",
        "foreign_keys = ON",
        // Deleted content is overwritten.
        "secure_delete = ON",
        "cache_size = -32768",
        "temp_store = MEMORY",
        // A log that grew for a large run goes back to this.
        "journal_size_limit = 8388608",
      ]) {
        this.#database.pragma(pragma);
      }
      migrate({
        version: () => Number(this.#pragma("user_version")),
        advance: (sql, version) =>
          this.transaction(() => this.#database.exec(`${sql}; PRAGMA user_version = ${version};`)),
      });
      this.#room = new DiskRoom(
        directory,
        limitBytes,
        () => this.#freePages() * Number(this.#pragma("page_size")),
      );
      this.#prepareVacuum();
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
    // Always read to the last row: an open cursor would keep its snapshot, and every later write would fail.
    const found = this.#call(() => this.#prepared(sql).all(...values));
    return found.map((each) => row.parse(each));
  }

  /** Returns how many rows were changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#call(() => this.#prepared(sql).run(...values)).changes;
  }

  /** All or nothing, and on disk when it returns. The work is synchronous, so no other request's statements come in between. */
  transaction<T>(work: () => T): T {
    if (this.#waitsForNothing) return this.relaxedTransaction(work);
    return this.#call(() => {
      this.#database.exec("PRAGMA synchronous = FULL");
      try {
        return this.relaxedTransaction(work);
      } finally {
        this.#database.exec("PRAGMA synchronous = NORMAL");
      }
    });
  }

  /**
   * As `transaction`, without waiting for the disk: a power cut may lose it, the death of this process may not. The next commit that does
   * wait includes it, because the log is written in order.
   */
  relaxedTransaction<T>(work: () => T): T {
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

  /** From now on nothing waits for the disk: for a database that is thrown away unless it is filled to its end. */
  waitForNothing(): void {
    this.#waitsForNothing = true;
    this.#database.pragma("synchronous = OFF");
  }

  /** As `transaction`, for work that deletes: on a full disk it is done in the room that is held for it. Call `tidy` afterwards. */
  removal<T>(work: () => T): T {
    try {
      return this.transaction(work);
    } catch (error) {
      const full = error instanceof AppError && error.code === "store_full";
      if (!full || !this.#room.giveUp()) throw error;
      return this.transaction(work);
    }
  }

  /** Whether more runs may be taken: not when there is less room than the reserve. */
  get isLow(): boolean {
    return this.#room.isLow();
  }

  get room(): Room | null {
    return this.#room.look();
  }

  /**
   * Takes deleted text out of the log and begins to give its room back. Once for all deletions of one turn of the event loop. While another
   * program reads the database, such as a backup, it is put off.
   */
  tidy(): Promise<void> {
    this.#tidying ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#tidying = undefined;
        if (!this.#emptyLog()) this.tidySoon();
        void this.#vacuum();
        resolve();
      });
    });
    return this.#tidying;
  }

  /** As `tidy`, for deletions that nobody waits for: at most every few seconds. */
  tidySoon(): void {
    this.#tidyTimer ??= setTimeout(() => {
      this.#tidyTimer = undefined;
      void this.tidy();
    }, TIDY_MS).unref();
  }

  /** `false` when somebody reads. */
  #emptyLog(): boolean {
    if (!this.#open) return true;
    try {
      // It would wait for readers, and everything with it.
      this.#database.pragma("busy_timeout = 0");
      const [row] = this.#database.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      return row?.busy === 0;
    } catch {
      return false;
    } finally {
      this.#database.pragma(`busy_timeout = ${BUSY_MS}`);
    }
  }

  /** Gives free pages back to the disk, a few at a time. */
  async #vacuum(): Promise<void> {
    if (this.#vacuuming) return;
    this.#vacuuming = true;
    try {
      let free = this.#freePages();
      let before = Number.POSITIVE_INFINITY;
      // A file that was not prepared for it never has fewer.
      while (free > SPARE_PAGES && free < before) {
        this.#database.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
        await yieldToEventLoop();
        before = free;
        free = this.#freePages();
      }
      if (before < Number.POSITIVE_INFINITY) this.#emptyLog();
    } catch {
      // Full or busy: the next deletion tries again.
    } finally {
      this.#vacuuming = false;
    }
  }

  #freePages(): number {
    return this.#open ? Number(this.#pragma("freelist_count")) : 0;
  }

  /** Files of before incremental vacuum was used are rewritten once, where the disk has room for that. */
  #prepareVacuum(): void {
    if (Number(this.#pragma("auto_vacuum")) === 2) return;
    const pages = Number(this.#pragma("page_count")) - this.#freePages();
    // What is rewritten is what is in use, once in a temporary file and once in the log. The operator's limit is not the disk's.
    const room = this.#room.ofDisk();
    if (!room || room.freeBytes < 3 * pages * Number(this.#pragma("page_size"))) return;
    this.#database.pragma("auto_vacuum = INCREMENTAL");
    this.#database.exec("VACUUM");
  }

  /**
   * As `transaction`, in one commit with all others requested in the same turn of the event loop. The event loop goes on while the disk is waited for.
   * Work that fails is rolled back alone. When the disk refuses, it rejects although others may see what was committed.
   */
  groupCommit<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#batch.length === 0) setImmediate(() => this.#commitBatch());
      this.#batch.push({ work, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  #commitBatch(): void {
    const batch = this.#batch.splice(0);
    if (batch.length === 0) return;
    const settle: (() => void)[] = [];
    try {
      this.relaxedTransaction(() => {
        for (const { work, resolve, reject } of batch) {
          this.#database.exec("SAVEPOINT one");
          try {
            const value = work();
            settle.push(() => resolve(value));
          } catch (error) {
            // A full disk has rolled back everything; all of them fail then.
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
    this.#onDisk().then(
      () => {
        for (const each of settle) each();
      },
      (error: unknown) => {
        for (const { reject } of batch) reject(error);
      },
    );
  }

  async #onDisk(): Promise<void> {
    if (this.#waitsForNothing) return;
    try {
      this.#log ??= new LogSync(`${this.#file}-wal`);
      await this.#log.sync();
    } catch (cause) {
      throw unavailable("The disk refused what was written: look at the machine's own log.", cause);
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#commitBatch();
    clearTimeout(this.#tidyTimer);
    this.#open = false;
    this.#statements.clear();
    this.#log?.close();
    try {
      // Leaves one complete file, and no deleted content in the log.
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

import fs from "node:fs";
import path from "node:path";
import Database from "libsql";
import { AppError } from "../../errors";
import type { RecordOf } from "../backup/records";
import { isConflict, isEmpty, type Occupied, type RestoredRun, type RestoreTarget } from "../backup/target";
import type { Store } from "../index";
import { fitResult, IMPORTED } from "../stored-run";
import { EmbeddedDatabase } from "./database";
import { lock, release } from "./directory-lock";
import { EmbeddedStore } from "./index";
import { amountRow, seqRow } from "./rows";
import { isConstraint, isDamage, translated } from "./sqlite-errors";
import { insertRun } from "./write";

/** The folder in the data directory in which a database is filled before it takes the other's place. */
const PART = "restore.part";
const DATABASE = "quicksand.db";
/** Followed by when, in milliseconds. */
const DAMAGED = ".damaged-";

/**
 * A new database that takes the place of the one in a data directory when it is finished, by one rename: until then, however this process ends,
 * the directory keeps what it has. Throws `store_unavailable` when a Quicksand uses the directory, and `conflict` when it has a database that is
 * not empty, unless `replace`.
 */
export function openEmbeddedTarget(directory: string, { replace }: { replace: boolean }): RestoreTarget {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lockFile = path.join(directory, "quicksand.lock");
  fs.closeSync(fs.openSync(lockFile, "a", 0o600));
  const held = lock(lockFile, directory);
  try {
    if (!replace) assertEmpty(directory);
    return new EmbeddedTarget(directory, held);
  } catch (error) {
    release(held);
    throw error;
  }
}

class EmbeddedTarget implements RestoreTarget {
  readonly store: Store;
  readonly #directory: string;
  readonly #part: string;
  readonly #held: Database.Database;
  readonly #database: EmbeddedDatabase;

  constructor(directory: string, held: Database.Database) {
    this.#directory = directory;
    this.#held = held;
    this.#part = path.join(directory, PART);
    // Of a restore that was ended before.
    fs.rmSync(this.#part, { recursive: true, force: true });
    this.#database = new EmbeddedDatabase(this.#part);
    // Nobody is told of anything in it before all of it is on disk, which `finish` sees to.
    this.#database.waitForNothing();
    this.store = new EmbeddedStore(this.#database);
  }

  async runs(runs: readonly RestoredRun[]): Promise<number> {
    return this.#database.transaction(() => {
      let stored = 0;
      for (const { run, running, artifacts } of runs) {
        const result = run.result && fitResult(run.result);
        if (!insertRun(this.#database, { ...run, result }, { ...IMPORTED, ...running })) continue;
        stored += 1;
        const row = this.#database.get(seqRow, "SELECT seq FROM runs WHERE id = ?", run.id);
        if (row) this.#artifacts(row.seq, artifacts);
      }
      return stored;
    });
  }

  #artifacts(seq: number, artifacts: readonly RecordOf<"artifact">[]): void {
    for (const { name, type, bytes } of artifacts) {
      const sql = "INSERT INTO artifacts (run, name, type, bytes) VALUES (?, ?, ?, ?)";
      this.#database.run(sql, seq, name, type, Buffer.from(bytes));
    }
    const more = artifacts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (more > 0) this.#database.run("UPDATE runs SET bytes = bytes + ? WHERE seq = ?", more, seq);
  }

  async usage({ account, day, runs }: RecordOf<"usage">): Promise<void> {
    this.#database.run("INSERT INTO usage (owner, day, runs) VALUES (?, ?, ?)", account, day, runs);
  }

  async removal({ owner, removedRuns, removedAt }: RecordOf<"removal">): Promise<void> {
    this.#database.run(
      `INSERT INTO kept (owner, runs, bytes, removed_runs, removed_at) VALUES (?, 0, 0, ?, ?)
       ON CONFLICT DO UPDATE SET removed_runs = excluded.removed_runs, removed_at = excluded.removed_at`,
      ...[owner, removedRuns, removedAt.getTime()],
    );
  }

  async reportCase(given: RecordOf<"case">): Promise<boolean> {
    const { id, run, open, openedAt, complaints, decision, decidedAt, decidedBy } = given;
    const stored = this.#database.run(
      `INSERT INTO report_cases (id, run, open, opened_at, at, complaints, decision, decided_by)
       SELECT ?, seq, ?, ?, ?, ?, ?, ? FROM runs WHERE id = ?`,
      ...[id, open ? 1 : 0, openedAt.getTime(), (decidedAt ?? openedAt).getTime()],
      ...[JSON.stringify(complaints), decision, decidedBy, run],
    );
    return stored > 0;
  }

  async adminCode(hash: string): Promise<void> {
    this.#database.run("INSERT INTO admin_code (hash) VALUES (?)", hash);
  }

  isDuplicate(error: unknown): boolean {
    return isConflict(error) || isConstraint(error);
  }

  async finish(lastly: () => Promise<void>): Promise<void> {
    await this.store.close();
    const made = path.join(this.#part, DATABASE);
    sync(made);
    clearPlace(this.#directory);
    await lastly();
    fs.renameSync(made, path.join(this.#directory, DATABASE));
    sync(this.#directory);
    fs.rmSync(this.#part, { recursive: true, force: true });
    release(this.#held);
  }

  async abandon(): Promise<void> {
    await this.store.close();
    fs.rmSync(this.#part, { recursive: true, force: true });
    release(this.#held);
  }
}

function sync(file: string): void {
  const descriptor = fs.openSync(file, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/**
 * Empties the log of the database that is replaced into its file, and removes it: beside another database it would be taken for that one's. When
 * this process ends here, the old database is whole. A damaged one has another name too then, by which it stays.
 */
function clearPlace(directory: string): void {
  const file = path.join(directory, DATABASE);
  if (fs.existsSync(file)) {
    try {
      emptyLog(file);
    } catch (error) {
      if (!isDamage(error)) throw translated(error);
      keepAside(file);
    }
  }
  for (const ending of ["-wal", "-shm"]) fs.rmSync(`${file}${ending}`, { force: true });
}

function emptyLog(file: string): void {
  const old = new Database(file);
  try {
    old.pragma("busy_timeout = 5000");
    const [row] = old.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    if (row?.busy !== 0) {
      throw new AppError(
        "store_unavailable",
        `Another program reads ${file}, such as a backup: wait until it has ended, then restore again.`,
      );
    }
  } finally {
    old.close();
  }
}

function keepAside(file: string): void {
  const aside = `${file}${DAMAGED}${Date.now()}`;
  try {
    // So that there is no moment without it, in which a server would begin an empty one.
    fs.linkSync(file, aside);
  } catch {
    // A file system without links.
    fs.renameSync(file, aside);
  }
}

function assertEmpty(directory: string): void {
  const file = path.join(directory, DATABASE);
  let found: Occupied;
  try {
    found = occupied(file);
  } catch (error) {
    if (!isDamage(error)) throw translated(error);
    throw new AppError(
      "conflict",
      `${file} is no database, or a damaged one. Give --replace to restore in its place; it is kept as ${file}${DAMAGED}….`,
      { cause: error },
    );
  }
  if (isEmpty(found)) return;
  throw new AppError(
    "conflict",
    `${directory} has a database with ${found.users} users, ${found.runs} runs and ${found.programs} programs. Give --replace to lose them.`,
  );
}

/** Of any version, also later ones. */
function occupied(file: string): Occupied {
  if (!fs.existsSync(file)) return { users: 0, runs: 0, programs: 0 };
  const database = new Database(file);
  try {
    const count = (table: string): number => {
      const known = database
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .get(table);
      if (!known) return 0;
      return amountRow.parse(database.prepare(`SELECT count(*) AS amount FROM ${table}`).get()).amount;
    };
    return { users: count("users"), runs: count("runs"), programs: count("programs") };
  } finally {
    database.close();
  }
}

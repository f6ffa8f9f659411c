import { randomUUID } from "node:crypto";
import { AppError } from "../../errors";
import type { Credential } from "../../schemas/account";
import type { PlanId } from "../../schemas/plan";
import type { RunResult } from "../../schemas/run";
import type {
  ArtifactHead,
  Charge,
  Charged,
  KeptCount,
  NewRun,
  RunChange,
  RunEnd,
  RunQuery,
  Store,
  StoredArtifact,
  StoredRun,
  StoreHealth,
} from "..";
import { exportRuns } from "../export";
import { isLow, lowRoomWords, storeFull } from "../room";
import { mayRead } from "../stored-moderation";
import {
  ARTIFACT_PART_BYTES,
  acceptedRun,
  assertArtifacts,
  fitResult,
  IMPORTED,
  runningOf,
  withoutUsage,
  withUsage,
} from "../stored-run";
import { EmbeddedAccounts } from "./accounts";
import { EmbeddedAnswers } from "./answers";
import { loadCounts, saveCounts } from "./counts";
import { EmbeddedDatabase } from "./database";
import { kept, makeRoom } from "./kept";
import { listRuns } from "./list";
import { EmbeddedModeration } from "./moderation";
import { EmbeddedPrograms } from "./programs";
import { activity, chargeRun, refundRun, runsByHour, usage } from "./quota";
import { assertHolds } from "./rights";
import {
  amountRow,
  artifactRow,
  bytesRow,
  guardRow,
  runRow,
  SELECT_GUARD,
  SELECT_RUN,
  SUMMARY_COLUMNS,
  seqRow,
  summaryRow,
} from "./rows";
import { EmbeddedSessionFiles } from "./session-files";
import { adoptRuns, closeInterrupted, closeRuns, deleteRuns, prune } from "./upkeep";
import { EmbeddedWebhooks } from "./webhooks";
import { changeRun, endRun, insertRun } from "./write";

/**
 * The store that needs nothing installed: SQLite in this process, in one file of the data directory. A method is one short synchronous
 * step, or several between which other requests are served. Throws `store_unavailable` when the directory is not writable, in use by
 * another process, or written by a later version.
 */
export function openEmbeddedStore(directory: string, limitBytes?: number): Store {
  return new EmbeddedStore(new EmbeddedDatabase(directory, limitBytes));
}

export class EmbeddedStore implements Store {
  readonly accounts: EmbeddedAccounts;
  readonly moderation: EmbeddedModeration;
  readonly programs: EmbeddedPrograms;
  readonly answers: EmbeddedAnswers;
  readonly webhooks: EmbeddedWebhooks;
  readonly sessionFiles: EmbeddedSessionFiles;
  readonly #database: EmbeddedDatabase;
  /** Marks the `running` rows of this process, so that a later one can tell them from its own. */
  readonly #instance = randomUUID();
  /** Runs that have ended but whose end could not be written, as on a full disk. */
  readonly #unsaved = new Set<string>();

  constructor(database: EmbeddedDatabase) {
    this.accounts = new EmbeddedAccounts(database);
    this.moderation = new EmbeddedModeration(database);
    this.programs = new EmbeddedPrograms(database);
    this.answers = new EmbeddedAnswers(database);
    this.webhooks = new EmbeddedWebhooks(database);
    this.sessionFiles = new EmbeddedSessionFiles(database);
    this.#database = database;
  }

  async acceptRun(run: NewRun, charge: Charge, credential?: Credential): Promise<Charged> {
    if (this.#database.isLow) throw storeFull();
    const accepted = acceptedRun(run);
    const running = runningOf(this.#instance, charge);
    return this.#database.relaxedTransaction(() => {
      if (credential) assertHolds(this.#database, run.owner, credential, run.createdAt);
      const charged = chargeRun(this.#database, charge);
      if (charged.accepted && !insertRun(this.#database, accepted, running)) {
        // Thrown inside the transaction, which takes the charge back.
        throw new AppError("conflict", "There is a run of this id already.");
      }
      return charged;
    });
  }

  async refundRun(account: string, day: string, ceilings?: readonly string[]): Promise<number> {
    return this.#database.transaction(() => refundRun(this.#database, account, day, ceilings));
  }

  async finishRun(id: string, result: RunResult, end: RunEnd = {}): Promise<boolean> {
    try {
      const ended = await this.#database.groupCommit(() => endRun(this.#database, id, result, end));
      this.#unsaved.delete(id);
      return ended;
    } catch (error) {
      this.#unsaved.add(id);
      throw error;
    }
  }

  async getRun(id: string) {
    const run = this.#read(id);
    return run && { ...run, result: run.result && withUsage(run.result, run.plan) };
  }

  async findRun(id: string, viewer: string | null): Promise<StoredRun | null> {
    if (!this.#maySee(id, viewer)) return null;
    const run = this.#read(id);
    return run && { ...run, result: run.result && withoutUsage(run.result) };
  }

  async isGone(id: string, viewer: string | null): Promise<boolean> {
    try {
      this.#maySee(id, viewer);
      return false;
    } catch (error) {
      if (error instanceof AppError && error.code === "gone") return true;
      throw error;
    }
  }

  #maySee(id: string, viewer: string | null): boolean {
    const run = this.#database.get(guardRow, SELECT_GUARD, id);
    return run !== null && mayRead(run, viewer, run.ownerSuspended);
  }

  #read(id: string) {
    return this.#database.get(runRow, `${SELECT_RUN} WHERE id = ?`, id);
  }

  listRuns(owner: string, query: RunQuery) {
    return listRuns(this.#database, owner, query);
  }

  exportRuns(owner: string): AsyncIterable<StoredRun> {
    return exportRuns(this, owner);
  }

  async updateRun(id: string, owner: string, change: RunChange) {
    return this.#database.transaction(() => {
      if (!changeRun(this.#database, id, owner, change)) return null;
      return this.#database.get(summaryRow, `SELECT ${SUMMARY_COLUMNS} FROM runs WHERE id = ?`, id);
    });
  }

  async deleteRun(id: string, owner: string): Promise<boolean> {
    const deleted = this.#database.removal(() =>
      this.#database.run("DELETE FROM runs WHERE id = ? AND owner = ?", id, owner),
    );
    if (deleted > 0) await this.#database.tidy();
    return deleted > 0;
  }

  async deleteRuns(owner: string): Promise<number> {
    const deleted = await deleteRuns(this.#database, owner);
    if (deleted > 0) await this.#database.tidy();
    return deleted;
  }

  async kept(owner: string) {
    return kept(this.#database, owner);
  }

  async makeRoom(...request: Parameters<Store["makeRoom"]>): Promise<number> {
    const removed = await makeRoom(this.#database, ...request);
    if (removed > 0) this.#database.tidySoon();
    return removed;
  }

  async importRuns(runs: readonly StoredRun[]): Promise<number> {
    return this.#database.transaction(() => {
      const fresh = runs.filter((run) => {
        const result = run.result && fitResult(run.result);
        return insertRun(this.#database, { ...run, result }, IMPORTED);
      });
      return fresh.length;
    });
  }

  async putArtifacts(id: string, artifacts: readonly StoredArtifact[]): Promise<boolean> {
    assertArtifacts(artifacts);
    return this.#database.transaction(() => {
      const run = this.#database.get(seqRow, "SELECT seq FROM runs WHERE id = ? AND status = 'running'", id);
      if (!run) return false;
      const before = this.#database.get(
        amountRow,
        "SELECT coalesce(sum(length(bytes)), 0) AS amount FROM artifacts WHERE run = ?",
        run.seq,
      );
      const more = artifacts.reduce((sum, { bytes }) => sum + bytes.byteLength, -(before?.amount ?? 0));
      this.#database.run("UPDATE runs SET bytes = bytes + ? WHERE seq = ?", more, run.seq);
      this.#database.run("DELETE FROM artifacts WHERE run = ?", run.seq);
      for (const { name, type, bytes } of artifacts) {
        const values = [run.seq, name, type, Buffer.from(bytes)];
        this.#database.run("INSERT INTO artifacts (run, name, type, bytes) VALUES (?, ?, ?, ?)", ...values);
      }
      return true;
    });
  }

  async findArtifact(id: string, name: string, viewer: string | null): Promise<ArtifactHead | null> {
    if (!this.#maySee(id, viewer)) return null;
    const sql = "SELECT name, type, length(artifacts.bytes) AS size FROM artifacts JOIN runs ON seq = run";
    return this.#database.get(artifactRow, `${sql} WHERE id = ? AND name = ?`, id, name);
  }

  async readArtifact(
    id: string,
    name: string,
    viewer: string | null,
    part: number,
  ): Promise<Uint8Array | null> {
    if (!this.#maySee(id, viewer)) return null;
    const begin = part * ARTIFACT_PART_BYTES;
    const sql = "SELECT substr(artifacts.bytes, ?, ?) AS bytes FROM artifacts JOIN runs ON seq = run";
    const found = this.#database.get(
      bytesRow,
      `${sql} WHERE id = ? AND name = ? AND length(artifacts.bytes) > ?`,
      ...[begin + 1, ARTIFACT_PART_BYTES, id, name, begin],
    );
    return found?.bytes ?? null;
  }

  async activity(owner: string, from: Date, to: Date) {
    return activity(this.#database, owner, from, to);
  }

  async runsByHour(from: Date, to: Date) {
    return runsByHour(this.#database, from, to);
  }

  async usage(account: string, from: string, to: string) {
    return usage(this.#database, account, from, to);
  }

  async adoptRuns(from: string, to: string, retentionMs: number | null, plan?: PlanId): Promise<number> {
    return adoptRuns(this.#database, from, to, retentionMs, plan);
  }

  async closeInterrupted(): Promise<number> {
    return closeInterrupted(this.#database, this.#instance, this.#unsaved);
  }

  /** None: a queue that outlives this process needs a store that does, too. */
  async *queuedRuns(): AsyncGenerator<readonly string[]> {}

  async closeRuns(ids: readonly string[]): Promise<number> {
    return closeRuns(this.#database, ids, "the queue lost it");
  }

  async prune(now: Date): Promise<number> {
    const pruned = await prune(this.#database, now);
    await this.programs.prune(now);
    if (pruned > 0) await this.#database.tidy();
    return pruned;
  }

  async loadCounts(now: Date) {
    return loadCounts(this.#database, now);
  }

  async saveCounts(counts: readonly KeptCount[]) {
    saveCounts(this.#database, counts);
  }

  async info() {
    return { kind: "embedded" as const, name: "SQLite (libsql)", version: this.#database.sqliteVersion };
  }

  async health(): Promise<StoreHealth> {
    try {
      this.#database.run("UPDATE runs SET pinned = pinned WHERE seq = -1");
      const { room } = this.#database;
      if (!room || !isLow(room)) return { ok: true, kind: "embedded" };
      return { ok: false, kind: "embedded", full: true, message: lowRoomWords(room) };
    } catch (error) {
      const full = error instanceof AppError && error.code === "store_full" ? { full: true as const } : {};
      return { ok: false, kind: "embedded", ...full, message: messageOf(error) };
    }
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : "The database does not answer as it should; see the log.";
}

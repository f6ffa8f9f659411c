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
import { isLow, lowRoomWords } from "../room";
import { mayRead } from "../stored-moderation";
import { assertArtifacts, withoutUsage, withUsage } from "../stored-run";
import { Acceptance, isUnavailable } from "./acceptance";
import { MongoAccounts } from "./accounts";
import { MongoAnswers } from "./answers";
import { findArtifact, putArtifacts, readArtifact } from "./artifacts";
import { loadCounts, saveCounts } from "./counts";
import { LONG_STEP_MS, MongoDatabase, type MongoOptions } from "./database";
import { forgetRemovals, kept, NEW_RECOUNT, type Recount, recountSome } from "./kept";
import { listRuns } from "./list";
import { makeRoom } from "./make-room";
import { MongoModeration } from "./moderation";
import { MongoPrograms } from "./programs";
import { activity, refundRun, runsByHour, usage } from "./quota";
import { runOf } from "./rows";
import type { Models, RunRow } from "./schemas";
import { MongoSessionFiles } from "./session-files";
import { adoptRuns, closeInterrupted, closeRuns, deleteRuns, prune, queuedRuns } from "./upkeep";
import { MongoWebhooks } from "./webhooks";
import { changeRun, endRun, erase, importRuns } from "./write";

export type { MongoOptions, SentCommand } from "./database";

/**
 * The store on MongoDB (written for version 8), for one process or many. Connects at the first use and again after a loss; while there is
 * no connection every method throws `store_unavailable` within two seconds.
 */
export function openMongoStore(options: MongoOptions): Store {
  return new MongoStore(new MongoDatabase(options));
}

const RECOUNT_MS = 86_400_000;

export class MongoStore implements Store {
  readonly accounts: MongoAccounts;
  readonly moderation: MongoModeration;
  readonly programs: MongoPrograms;
  readonly answers: MongoAnswers;
  readonly sessionFiles: MongoSessionFiles;
  readonly webhooks: MongoWebhooks;
  readonly #database: MongoDatabase;
  readonly #acceptance: Acceptance;
  #recountedAt = Number.NEGATIVE_INFINITY;
  /** Runs that have ended but whose end could not be written. */
  readonly #unsaved = new Set<string>();

  constructor(database: MongoDatabase) {
    this.#database = database;
    this.accounts = new MongoAccounts(database);
    this.moderation = new MongoModeration(database);
    this.programs = new MongoPrograms(database);
    this.answers = new MongoAnswers(database);
    this.sessionFiles = new MongoSessionFiles(database);
    this.webhooks = new MongoWebhooks(database);
    this.#acceptance = new Acceptance(database);
  }

  acceptRun(run: NewRun, charge: Charge, credential?: Credential): Promise<Charged> {
    return this.#acceptance.accept(run, charge, credential);
  }

  refundRun(account: string, day: string, ceilings?: readonly string[]): Promise<number> {
    return this.#database.step((models) => refundRun(models, account, day, ceilings));
  }

  async finishRun(id: string, result: RunResult, end: RunEnd = {}): Promise<boolean> {
    try {
      const ended = await this.#database.step((models) => endRun(models, id, result, end));
      this.#unsaved.delete(id);
      return ended;
    } catch (error) {
      if (isUnavailable(error)) this.#unsaved.add(id);
      throw error;
    }
  }

  async getRun(id: string) {
    const run = await this.#read(id, async () => true);
    return run && { ...run, result: run.result && withUsage(run.result, run.plan) };
  }

  async findRun(id: string, viewer: string | null): Promise<StoredRun | null> {
    const run = await this.#read(id, (models, row) => maySee(models, row, viewer));
    return run && { ...run, result: run.result && withoutUsage(run.result) };
  }

  #read(id: string, may: (models: Models, row: RunRow) => Promise<boolean>): Promise<StoredRun | null> {
    return this.#database.step(async (models) => {
      const row = await models.runs.findById(id).lean();
      if (!row || !(await may(models, row))) return null;
      const running = row.status === "running";
      const [request, result] = await Promise.all([
        models.requests.findById(id).lean(),
        running ? null : models.results.findById(id).lean(),
      ]);
      // Deleted between the two reads, or not written completely yet.
      if (!request || (!running && !result)) return null;
      return runOf(row, request, result);
    });
  }

  isGone(id: string, viewer: string | null): Promise<boolean> {
    return this.#database.step(async (models) => {
      const row = await models.runs.findById(id, GUARD).lean();
      try {
        if (row) await maySee(models, row, viewer);
        return false;
      } catch (error) {
        if (error instanceof AppError && error.code === "gone") return true;
        throw error;
      }
    });
  }

  async listRuns(owner: string, query: RunQuery) {
    return listRuns(this.#database, owner, query);
  }

  exportRuns(owner: string): AsyncIterable<StoredRun> {
    return exportRuns(this, owner);
  }

  updateRun(id: string, owner: string, change: RunChange) {
    return this.#database.step((models) => changeRun(models, id, owner, change));
  }

  deleteRun(id: string, owner: string): Promise<boolean> {
    return this.#database.step(async (models) => {
      if (!(await models.runs.exists({ _id: id, owner }))) return false;
      this.#database.room.forget();
      return (await erase(models, [id], { owner })) > 0;
    });
  }

  async deleteRuns(owner: string): Promise<number> {
    const deleted = await deleteRuns(this.#database, owner);
    this.#database.room.forget();
    return deleted;
  }

  kept(owner: string) {
    return this.#database.step((models) => kept(models, owner));
  }

  makeRoom(...request: Parameters<Store["makeRoom"]>): Promise<number> {
    return makeRoom(this.#database, ...request);
  }

  importRuns(runs: readonly StoredRun[]): Promise<number> {
    return this.#database.step((models) => importRuns(models, runs), LONG_STEP_MS);
  }

  async putArtifacts(id: string, artifacts: readonly StoredArtifact[]): Promise<boolean> {
    assertArtifacts(artifacts);
    return this.#database.step((models) => putArtifacts(models, id, artifacts));
  }

  findArtifact(id: string, name: string, viewer: string | null): Promise<ArtifactHead | null> {
    return this.#database.step(async (models) =>
      (await seesRun(models, id, viewer)) ? findArtifact(models, id, name) : null,
    );
  }

  readArtifact(id: string, name: string, viewer: string | null, part: number): Promise<Uint8Array | null> {
    return this.#database.step(async (models) =>
      (await seesRun(models, id, viewer)) ? readArtifact(models, id, name, part) : null,
    );
  }

  activity(owner: string, from: Date, to: Date) {
    return this.#database.step((models) => activity(models, owner, from, to), LONG_STEP_MS);
  }

  runsByHour(from: Date, to: Date) {
    return this.#database.step((models) => runsByHour(models, from, to), LONG_STEP_MS);
  }

  usage(account: string, from: string, to: string) {
    return this.#database.step((models) => usage(models, account, from, to));
  }

  adoptRuns(from: string, to: string, retentionMs: number | null, plan?: PlanId): Promise<number> {
    return adoptRuns(this.#database, from, to, retentionMs, plan);
  }

  async closeInterrupted(): Promise<number> {
    await this.#acceptance.settle();
    return closeInterrupted(this.#database, this.#unsaved);
  }

  queuedRuns(): AsyncIterable<readonly string[]> {
    return queuedRuns(this.#database);
  }

  closeRuns(ids: readonly string[]): Promise<number> {
    return closeRuns(this.#database, ids);
  }

  async prune(now: Date): Promise<number> {
    const pruned = await prune(this.#database, now);
    await this.programs.prune(now);
    if (performance.now() - this.#recountedAt > RECOUNT_MS) {
      await this.#database.step((models) => forgetRemovals(models, now), LONG_STEP_MS);
      let at: Recount | null = NEW_RECOUNT();
      while (at) at = await this.#recountFrom(at);
      this.#recountedAt = performance.now();
    }
    return pruned;
  }

  #recountFrom(at: Recount): Promise<Recount | null> {
    return this.#database.step((models) => recountSome(models, at), LONG_STEP_MS);
  }

  loadCounts(now: Date): Promise<KeptCount[]> {
    return this.#database.step((models) => loadCounts(models, now));
  }

  saveCounts(counts: readonly KeptCount[]): Promise<void> {
    return this.#database.step((models) => saveCounts(models, counts));
  }

  async info() {
    const version = await this.#database.step(() => this.#database.version());
    return { kind: "mongodb" as const, name: "MongoDB", version };
  }

  async health(): Promise<StoreHealth> {
    try {
      const room = await this.#database.step(async () => {
        await this.#database.ping();
        return this.#database.room.look();
      });
      if (!room || !isLow(room)) return { ok: true, kind: "mongodb" };
      return { ok: false, kind: "mongodb", full: true, message: lowRoomWords(room) };
    } catch (error) {
      const message =
        error instanceof AppError ? error.message : "MongoDB does not answer as it should; see the log.";
      return { ok: false, kind: "mongodb", message };
    }
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

/** What decides who may see a run. */
const GUARD = { owner: 1, visibility: 1, takedown: 1 } as const;

/** As `mayRead`; asks for the owner only where it matters. */
async function maySee(
  models: Models,
  { owner, visibility, takedown = null }: Pick<RunRow, "owner" | "visibility" | "takedown">,
  viewer: string | null,
): Promise<boolean> {
  const asksForOthers = owner !== viewer && visibility !== "private";
  const suspended = asksForOthers && (await models.users.exists({ _id: owner, suspendedAt: { $ne: null } }));
  return mayRead({ owner, visibility, takedown }, viewer, Boolean(suspended));
}

async function seesRun(models: Models, id: string, viewer: string | null): Promise<boolean> {
  const row = await models.runs.findById(id, GUARD).lean();
  return row !== null && (await maySee(models, row, viewer));
}

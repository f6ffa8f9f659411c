import type { Credential } from "../../schemas/account";
import type { PlanId } from "../../schemas/plan";
import {
  type KeptPrograms,
  type ProgramLimits,
  type ProgramPage,
  type ProgramQuery,
  type ProgramStore,
  programBytes,
  type StoredProgram,
} from "../programs";
import { storeFull } from "../room";
import { credentialEnded } from "../stored-accounts";
import { exportPrograms } from "../stored-program";
import { isDuplicate, LONG_STEP_MS, type MongoDatabase } from "./database";
import { listPrograms } from "./program-list";
import { documentOf, programOf, versionOf } from "./program-rows";
import { PLAN_SIZES_INDEX, SIZES_INDEX } from "./program-schema";
import { holds } from "./rights";
import { orderOf } from "./rows";
import type { Models } from "./schemas";

const BATCH_ROWS = 100;

/**
 * People's programs in MongoDB. Without transactions a new program is written first and counted afterwards, and taken back when it is one too
 * many: of several at once at the limit it may be that none is kept, never that the limit is passed. A program that grows is counted before,
 * so several that grow at once may pass the limit by what they grow.
 */
export class MongoPrograms implements ProgramStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  async create(program: StoredProgram, limits: ProgramLimits, credential?: Credential) {
    if (await this.#database.step(() => this.#database.room.isLow())) throw storeFull();
    return this.#database.step(async (models) => {
      const { id, owner } = program;
      try {
        await models.programs.insertMany([documentOf(program)]);
      } catch (error) {
        if (isDuplicate(error)) return "taken";
        throw error;
      }
      // In whatever revision: what is changed meanwhile is refused all the same.
      const takeBack = () => models.programs.deleteOne({ _id: id, owner, createdAt: program.createdAt });
      if (credential && !(await holds(models, owner, credential, program.updatedAt))) {
        await takeBack();
        throw credentialEnded();
      }
      const kept = await keptOf(models, owner);
      if (kept.programs <= limits.programs && kept.bytes <= limits.bytes) return "created";
      await takeBack();
      return kept.programs > limits.programs ? "too_many" : "too_large";
    });
  }

  get(id: string, owner: string): Promise<StoredProgram | null> {
    return this.#database.step(async (models) => {
      const found = await models.programs.findOne({ _id: id, owner }, { codeFolded: 0 }).lean();
      return found && programOf(found);
    });
  }

  owns(id: string, owner: string): Promise<boolean> {
    return this.#database.step(async (models) => (await models.programs.exists({ _id: id, owner })) !== null);
  }

  isForeign(id: string, owner: string): Promise<boolean> {
    return this.#database.step(
      async (models) => (await models.programs.exists({ _id: id, owner: { $ne: owner } })) !== null,
    );
  }

  async replace(program: StoredProgram, limits: ProgramLimits) {
    return this.#database.step(async (models) => {
      const { id: _id, owner, revision } = program;
      const before = await models.programs.findOne({ _id, owner }, { bytes: 1, revision: 1 }).lean();
      if (!before) return "absent";
      if (before.revision !== revision - 1) return "stale";
      const bytes = programBytes(program);
      if (bytes > before.bytes) {
        if (await this.#database.room.isLow()) throw storeFull();
        const kept = await keptOf(models, owner);
        if (kept.bytes - before.bytes + bytes > limits.bytes) return "too_large";
      }
      const { modifiedCount } = await models.programs.updateOne(
        { _id, owner, revision: revision - 1 },
        { $set: versionOf(program) },
      );
      if (modifiedCount > 0) return "replaced";
      return (await models.programs.exists({ _id, owner })) ? "stale" : "absent";
    });
  }

  list(owner: string, query: ProgramQuery): Promise<ProgramPage> {
    return listPrograms(this.#database, owner, query);
  }

  exportAll(owner: string): AsyncIterable<StoredProgram> {
    return exportPrograms(this, owner);
  }

  remove(id: string, owner: string): Promise<boolean> {
    return this.#database.step(async (models) => {
      this.#database.room.forget();
      return (await models.programs.deleteOne({ _id: id, owner })).deletedCount > 0;
    });
  }

  async removeAll(owner: string): Promise<number> {
    const removed = await this.#database.step(
      (models) => models.programs.deleteMany({ owner }),
      LONG_STEP_MS,
    );
    this.#database.room.forget();
    return removed.deletedCount;
  }

  kept(owner: string): Promise<KeptPrograms> {
    return this.#database.step((models) => keptOf(models, owner));
  }

  adopt(from: string, to: string, keptMs: number | null, plan: PlanId): Promise<number> {
    const expiresAt = keptMs === null ? null : { $add: ["$updatedAt", keptMs] };
    return this.#database.step(async (models) => {
      const change = [{ $set: { owner: to, plan, expiresAt } }];
      const { matchedCount } = await models.programs.updateMany({ owner: from }, change, {
        updatePipeline: true,
      });
      return matchedCount;
    }, LONG_STEP_MS);
  }

  /** Removes what has expired by `now`. */
  async prune(now: Date): Promise<void> {
    await this.#database.step(
      (models) => models.programs.deleteMany({ expiresAt: { $lte: now } }),
      LONG_STEP_MS,
    );
  }

  async makeRoom(plan: PlanId, bytes: number): Promise<number> {
    for (let total = 0; ; ) {
      const removed = await this.#database.step((models) => removeOldest(models, plan, bytes), LONG_STEP_MS);
      if (removed === 0) return total;
      total += removed;
    }
  }
}

async function keptOf(models: Models, owner: string): Promise<KeptPrograms> {
  const [found] = await models.programs
    .aggregate<KeptPrograms>([
      { $match: { owner } },
      { $group: { _id: null, programs: { $sum: 1 }, bytes: { $sum: "$bytes" } } },
    ])
    .hint(SIZES_INDEX);
  return { programs: found?.programs ?? 0, bytes: found?.bytes ?? 0 };
}

/** Removes some of the longest unchanged programs of a plan while those of it take more than `bytes`; returns how many. */
async function removeOldest(models: Models, plan: PlanId, bytes: number): Promise<number> {
  const [all] = await models.programs
    .aggregate<{ bytes: number }>([
      { $match: { plan } },
      { $group: { _id: null, bytes: { $sum: "$bytes" } } },
    ])
    .hint(PLAN_SIZES_INDEX);
  let excess = (all?.bytes ?? 0) - bytes;
  if (excess <= 0) return 0;
  const oldest = await models.programs
    .find({ plan, order: { $gt: orderOf({ createdAt: 0 }) } }, { bytes: 1, revision: 1 })
    .sort({ order: 1 })
    .limit(BATCH_ROWS)
    .lean();
  let removed = 0;
  for (const { _id, revision, bytes: own } of oldest) {
    if (excess <= 0) break;
    // One that was changed meanwhile is not among the longest unchanged any more.
    removed += (await models.programs.deleteOne({ _id, plan, revision })).deletedCount;
    excess -= own;
  }
  return removed;
}

import { AppError } from "../../errors";
import type { RecordOf } from "../backup/records";
import { isConflict, isEmpty, type Occupied, type RestoredRun, type RestoreTarget } from "../backup/target";
import type { Store } from "../index";
import { IMPORTED } from "../stored-run";
import { insertArtifacts } from "./artifacts";
import { isDuplicate, LONG_STEP_MS, MongoDatabase, type MongoOptions } from "./database";
import { MongoStore } from "./index";
import { idOfOwner } from "./kept";
import { RESTORE_ID } from "./migrations";
import { idOf } from "./quota";
import { orderOf } from "./rows";
import type { Models } from "./schemas";
import { importRuns } from "./write";

/**
 * An empty database that is filled in its place. While it is, and after a restore that was cut short, it is marked, and no Quicksand opens it but
 * for another restore. Throws `store_unavailable` when a Quicksand uses it, and `conflict` when it is not empty, unless `replace`: then what is
 * there is deleted now.
 */
export async function openMongoTarget(
  options: MongoOptions,
  { replace }: { replace: boolean },
): Promise<RestoreTarget> {
  const database = new MongoDatabase({ ...options, answerWithinMs: LONG_STEP_MS, restores: true });
  try {
    await database.step(async (models) => {
      await assertUnused(database);
      if (!replace && !(await isMarked(models))) assertEmpty(await occupied(models));
      await reserve(database, models, { replace });
    }, LONG_STEP_MS);
    await database.startAnew();
    return new MongoTarget(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

class MongoTarget implements RestoreTarget {
  readonly store: Store;
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
    this.store = new MongoStore(database);
  }

  async runs(runs: readonly RestoredRun[]): Promise<number> {
    const running = new Map(runs.map((each) => [each.run.id, { ...IMPORTED, ...each.running }]));
    return this.#step(async (models) => {
      // First what belongs to a run, so that one that is there is whole.
      for (const { run, artifacts } of runs) await insertArtifacts(models, run.id, artifacts);
      return importRuns(
        models,
        runs.map(({ run }) => run),
        (id) => running.get(id) ?? IMPORTED,
      );
    });
  }

  async usage({ account: owner, day, runs }: RecordOf<"usage">): Promise<void> {
    await this.#step((models) =>
      models.usage.updateOne({ _id: idOf(owner, day) }, { $set: { owner, day, runs } }, { upsert: true }),
    );
  }

  async removal({ owner, removedRuns, removedAt }: RecordOf<"removal">): Promise<void> {
    const change = { $set: { removedRuns, removedAt }, $setOnInsert: { runs: 0, bytes: 0 } };
    await this.#step((models) => models.kept.updateOne({ _id: idOfOwner(owner) }, change, { upsert: true }));
  }

  async reportCase({ kind: _, id: _id, ...given }: RecordOf<"case">): Promise<boolean> {
    const at = given.decidedAt ?? given.openedAt;
    return this.#step(async (models) => {
      if (!(await models.runs.exists({ _id: given.run }))) return false;
      await models.reportCases.insertMany([
        {
          ...{ _id, ...given },
          reporters: given.complaints.map(({ reporter }) => reporter),
          order: orderOf({ createdAt: at.getTime(), id: _id }),
        },
      ]);
      return true;
    });
  }

  async adminCode(hash: string): Promise<void> {
    await this.#step((models) =>
      models.adminCodes.updateOne({ _id: "admin" }, { $set: { hash } }, { upsert: true }),
    );
  }

  isDuplicate(error: unknown): boolean {
    return isConflict(error) || isDuplicate(error);
  }

  async finish(lastly: () => Promise<void>): Promise<void> {
    await lastly();
    await this.#step((models) => models.schema.deleteOne({ _id: RESTORE_ID }));
    await this.store.close();
  }

  /** The mark stays: what is there is a part of a backup. */
  async abandon(): Promise<void> {
    await this.store.close();
  }

  #step<T>(work: (models: Models) => Promise<T>): Promise<T> {
    return this.#database.step(work, LONG_STEP_MS);
  }
}

/**
 * Marks the database, then looks again: who opens it meanwhile is seen here, or sees the mark. When somebody has, throws and takes the mark
 * back, so that a database that is whole can be opened.
 */
async function reserve(
  database: MongoDatabase,
  models: Models,
  { replace }: { replace: boolean },
): Promise<void> {
  let marked = await mark(models);
  try {
    await assertUnused(database);
    // It was marked by a restore that was cut short, or by one that has ended since.
    if (!marked) marked = await mark(models);
    if (!marked) return;
    await assertUnused(database);
    if (!replace) assertEmpty(await occupied(models));
  } catch (error) {
    if (marked) await models.schema.deleteOne({ _id: RESTORE_ID });
    throw error;
  }
}

/** `false` when it was marked. */
async function mark({ schema }: Models): Promise<boolean> {
  const change = { $set: { version: 1 } };
  return (await schema.updateOne({ _id: RESTORE_ID }, change, { upsert: true })).upsertedCount > 0;
}

async function isMarked({ schema }: Models): Promise<boolean> {
  return (await schema.exists({ _id: RESTORE_ID })) !== null;
}

async function assertUnused(database: MongoDatabase): Promise<void> {
  const others = (await database.livingInstances()).filter(({ _id }) => _id !== database.instance);
  if (others.length === 0) return;
  throw new AppError(
    "store_unavailable",
    `${others.length} other ${others.length === 1 ? "process of Quicksand uses" : "processes of Quicksand use"} this database: stop them all, wait a minute if one was killed, then restore.`,
  );
}

async function occupied({ users, runs, programs }: Models): Promise<Occupied> {
  const [userCount, runCount, programCount] = await Promise.all(
    [users, runs, programs].map((model) => model.estimatedDocumentCount()),
  );
  return { users: userCount ?? 0, runs: runCount ?? 0, programs: programCount ?? 0 };
}

function assertEmpty(found: Occupied): void {
  if (isEmpty(found)) return;
  throw new AppError(
    "conflict",
    `The database at MONGODB_URI has ${found.users} users, ${found.runs} runs and ${found.programs} programs. Give --replace to lose them.`,
  );
}

import type { QueryFilter } from "mongoose";
import type { PlanId } from "../../schemas/plan";
import { dayOf } from "../spans";
import { AUDIT_DAYS_KEPT } from "../stored-accounts";
import { type Loss, lostResult, USAGE_DAYS_KEPT } from "../stored-run";
import { pruneAudit } from "./audit";
import { LONG_STEP_MS, type MongoDatabase } from "./database";
import { BY_ID, count, moveRemovals, together } from "./kept";
import { moveUsage, refundOf } from "./quota";
import { type Models, RUNNING_INDEX, type RunRow } from "./schemas";
import { removeBelongings } from "./users";
import { completeRow, endRun, erase, removeParts } from "./write";

const BATCH_ROWS = 200;
/** How long a deletion is remembered: longer than any request can take that may still write to the run. */
const DELETION_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Repeats a step until it finds no more documents; returns the total. */
async function untilNone(
  database: MongoDatabase,
  work: (models: Models) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await database.step(work, LONG_STEP_MS);
    if (done === 0) return total;
    total += done;
  }
}

async function eraseBatch(models: Models, filter: QueryFilter<RunRow>): Promise<number> {
  const batch = await models.runs.find(filter, { _id: 1 }).limit(BATCH_ROWS).lean();
  return erase(
    models,
    batch.map((row) => row._id),
    filter,
  );
}

export function deleteRuns(database: MongoDatabase, owner: string): Promise<number> {
  return untilNone(database, (models) => eraseBatch(models, { owner }));
}

export async function prune(database: MongoDatabase, now: Date): Promise<number> {
  const pruned = await untilNone(database, (models) => eraseBatch(models, { expiresAt: { $lte: now } }));
  const before = { at: { $lt: new Date(Date.now() - DELETION_MS) } };
  await untilNone(database, async (models) => {
    const old = await models.deletions.find(before, { _id: 1 }).limit(BATCH_ROWS).lean();
    const ids = old.map((deletion) => deletion._id);
    await removeParts(models, ids);
    await removeBelongings(models, ids);
    return (await models.deletions.deleteMany({ _id: { $in: ids }, ...before })).deletedCount;
  });
  const day = dayOf(daysBefore(now, USAGE_DAYS_KEPT));
  await database.step((models) => models.usage.deleteMany({ day: { $lt: day } }), LONG_STEP_MS);
  await database.step((models) => models.counts.deleteMany({ expiresAt: { $lte: now } }), LONG_STEP_MS);
  await database.step((models) => models.answers.deleteMany({ expiresAt: { $lte: now } }), LONG_STEP_MS);
  await database.step((models) => models.sessionFiles.deleteMany({ expiresAt: { $lte: now } }), LONG_STEP_MS);
  await database.step((models) => models.deliveries.deleteMany({ expiresAt: { $lte: now } }), LONG_STEP_MS);
  await database.step((models) => models.sessions.deleteMany({ expiresAt: { $lte: now } }), LONG_STEP_MS);
  await database.step((models) => models.tokens.deleteMany({ expiresAt: { $lte: now } }), LONG_STEP_MS);
  await database.step((models) => pruneAudit(models, daysBefore(now, AUDIT_DAYS_KEPT)), LONG_STEP_MS);
  return pruned;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

export async function adoptRuns(
  database: MongoDatabase,
  from: string,
  to: string,
  retentionMs: number | null,
  plan: PlanId | undefined,
): Promise<number> {
  let end: string | undefined;
  // By position, because the rows of `from` do not become fewer when it is the same owner as `to`.
  const total = await untilNone(database, async (models) => {
    const batch = await models.runs
      .find({ owner: from, ...(end === undefined ? {} : { order: { $lt: end } }) }, { order: 1 })
      .sort({ order: -1 })
      .limit(BATCH_ROWS)
      .lean();
    const ids = batch.map((row) => row._id);
    end = batch.at(-1)?.order;
    const expiresAt = retentionMs === null ? null : { $add: ["$createdAt", retentionMs] };
    const chargedTo = { $cond: [{ $eq: ["$chargedTo", from] }, to, "$chargedTo"] };
    const change = [{ $set: { owner: to, expiresAt, chargedTo, ...(plan === undefined ? {} : { plan }) } }];
    const projection = { plan: 1, bytes: 1, status: 1 } as const;
    // One update a run: concurrent calls may move or end the same runs, and the totals must count only what this call changed.
    const moved = await together(ids, (_id) =>
      models.runs
        .findOneAndUpdate({ _id, owner: from }, change, {
          ...{ updatePipeline: true, returnDocument: "before", projection, hint: BY_ID },
        })
        .lean(),
    );
    const ended = moved.filter(({ status }) => status !== "running");
    await count(
      models,
      ended.map((row) => ({ ...row, owner: from })),
      -1,
    );
    await count(
      models,
      ended.map((row) => ({ ...row, owner: to, plan: plan ?? row.plan })),
      1,
    );
    return ids.length;
  });
  if (from !== to) {
    await database.step((models) => moveUsage(models, from, to), LONG_STEP_MS);
    await database.step((models) => moveRemovals(models, from, to), LONG_STEP_MS);
  }
  return total;
}

/**
 * Ends the runs of dead processes, and those in `unsaved`, whose end could not be written at the time. A run of a queue goes on
 * without the process that accepted it, but not when none is left that knows the queue.
 */
export async function closeInterrupted(database: MongoDatabase, unsaved: Set<string>): Promise<number> {
  const living = await database.step(() => database.livingInstances(), LONG_STEP_MS);
  const gone = {
    status: "running" as const,
    instance: { $nin: living.map(({ _id }) => _id) },
    ...(living.some(({ ofQueue }) => ofQueue) ? { ofQueue: { $ne: true as const } } : {}),
  };
  let closed = 0;
  const closeEach = async (models: Models, rows: readonly RunRow[]) => {
    for (const row of rows) if (await closeRun(models, row, "its process stopped")) closed += 1;
    return rows.length;
  };
  await untilNone(database, async (models) =>
    closeEach(models, await models.runs.find(gone).hint(RUNNING_INDEX).limit(BATCH_ROWS).lean()),
  );
  for (const id of unsaved) {
    await database.step(
      async (models) => closeEach(models, await models.runs.find({ _id: id, status: "running" }).lean()),
      LONG_STEP_MS,
    );
    unsaved.delete(id);
  }
  return closed;
}

/** The running runs of a queue, in no order that means anything. */
export async function* queuedRuns(database: MongoDatabase): AsyncGenerator<readonly string[]> {
  for (let after = ""; ; ) {
    const batch = await database.step(
      (models) =>
        models.runs
          .find({ status: "running", ofQueue: true, _id: { $gt: after } }, { _id: 1 })
          .sort({ _id: 1 })
          .limit(BATCH_ROWS)
          .hint(RUNNING_INDEX)
          .lean(),
      LONG_STEP_MS,
    );
    const last = batch.at(-1);
    if (!last) return;
    yield batch.map(({ _id }) => _id);
    after = last._id;
  }
}

/** Ends those of these runs, which the queue has lost, that still run; returns how many. */
export async function closeRuns(database: MongoDatabase, ids: readonly string[]): Promise<number> {
  let closed = 0;
  for (const _id of ids) {
    await database.step(async (models) => {
      const row = await models.runs.findOne({ _id, status: "running" }).lean();
      if (row && (await closeRun(models, row, "the queue lost it"))) closed += 1;
    }, LONG_STEP_MS);
  }
  return closed;
}

async function closeRun(models: Models, row: RunRow, loss: Loss): Promise<boolean> {
  const parts = await models.requests.findById(row._id, { "request.tests": 1 }).lean();
  if (!parts) {
    if ((await erase(models, [row._id], { status: "running" })) > 0) await refundOf(models, row);
    return false;
  }
  if (await completeRow(models, row._id)) return true;
  const { language, createdAt } = row;
  const tests = parts.request.tests.length;
  const result = lostResult({ id: row._id, language, createdAt, tests }, loss);
  return endRun(models, row._id, result, { refund: true });
}

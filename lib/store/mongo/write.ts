import { randomUUID } from "node:crypto";
import type { QueryFilter } from "mongoose";
import { AppError } from "../../errors";
import type { RunChange, RunEnd, RunSummary, StoredResult, StoredRun } from "../index";
import { fold } from "../search";
import { staysDown } from "../stored-moderation";
import { fitResult, IMPORTED, onceOf, type Running, storedResultSchema } from "../stored-run";
import { removeArtifacts } from "./artifacts";
import { isDuplicate } from "./database";
import { insertNew } from "./insert";
import { BY_ID, count, together } from "./kept";
import { refundOf } from "./quota";
import { endOf, requestRowOf, resultBytes, rowOf, runBytes, summaryOf } from "./rows";
import type { Models, ResultRow, RunRow } from "./schemas";

/*
 * A run is several documents, and MongoDB without replicas has no transactions. So each change is written in an order that is consistent
 * at every point, with the row in `runs` deciding:
 *
 * accept   charge, row, request. A running row without a request was never acknowledged; `closeInterrupted` removes and refunds it. A
 *          charge without a row remains when its process died in between: a run too many counted, never one lost.
 * finish   result, refund where the result says so, row. The first result wins, because its `_id` is unique; whoever finds a result with a
 *          running row refunds and completes the row. A counter knows the runs that it has given back, so that many may do it.
 * delete   a record of the deletion, the row, the parts. While the record exists, parts written in between are removed too.
 *
 * The driver resends a write whose answer was lost, and a server restarted in between may not know that it was carried out. So a duplicate
 * may be our own and is checked before it is reported.
 */

/** `check` is asked once the row is there, beside the rest of the writing; when it throws, it has removed the run. */
export async function insertRun(
  models: Models,
  run: StoredRun,
  running: Running,
  check: () => Promise<void>,
): Promise<void> {
  const request = requestRowOf(run);
  const row = { ...rowOf(run, running), bytes: runBytes(request, null) };
  try {
    await models.runs.insertMany([row]);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const { _id, owner, order, instance } = row;
    if (!(await models.runs.exists({ _id, owner, order, instance, status: "running" }))) {
      throw new AppError("conflict", "There is a run of this id already.", { cause: error });
    }
  }
  const [written, checked] = await Promise.allSettled([insertNew(models.requests, [request]), check()]);
  if (written.status === "rejected") throw written.reason;
  if (checked.status === "rejected") {
    await removeParts(models, [run.id]);
    throw checked.reason;
  }
}

/** Ends a run, once; `false` when it had ended or is deleted. */
export async function endRun(models: Models, id: string, whole: StoredResult, end: RunEnd): Promise<boolean> {
  const result = fitResult(whole);
  if (!(await insertResult(models, id, result, end))) {
    await completeRow(models, id);
    return false;
  }
  const ended = await endRow(models, id, result, end);
  if (ended) return true;
  // Either another process completed the row with this very result, or the run was deleted meanwhile.
  if (await models.runs.exists({ _id: id })) return true;
  await models.results.deleteOne({ _id: id });
  return false;
}

/** `false` when another result came first. */
async function insertResult(
  models: Models,
  id: string,
  result: StoredResult,
  { refund }: RunEnd,
): Promise<boolean> {
  const attempt = randomUUID();
  try {
    await models.results.insertMany([
      { _id: id, attempt, result: onceOf(result), ...(refund && { refund }) },
    ]);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return (await models.results.exists({ _id: id, attempt })) !== null;
  }
}

async function endRow(
  models: Models,
  id: string,
  result: StoredResult,
  { image, refund }: RunEnd,
): Promise<boolean> {
  if (refund) {
    const row = await models.runs.findOne({ _id: id, status: "running" }).lean();
    if (row) await refundOf(models, row);
  }
  const change = { ...endOf(result, new Date()), ...(image === undefined ? {} : { image }) };
  const ended = await models.runs
    .findOneAndUpdate(
      { _id: id, status: "running" },
      { $set: change, $inc: { bytes: resultBytes(result) } },
      { returnDocument: "after", projection: { owner: 1, plan: 1, bytes: 1 } },
    )
    .lean();
  if (ended) await count(models, [ended], 1);
  return ended !== null;
}

/** Completes a finish that stopped after its first step; returns whether there was one. */
export async function completeRow(models: Models, id: string): Promise<boolean> {
  const kept = await models.results.findById(id).lean();
  return kept
    ? endRow(models, id, storedResultSchema.parse(kept.result), { refund: kept.refund === true })
    : false;
}

/** As `completeRow` would leave it, without writing it. */
export function completedRow(row: RunRow, kept: ResultRow): RunRow {
  return row.status === "running"
    ? { ...row, ...endOf(storedResultSchema.parse(kept.result), new Date()) }
    : row;
}

export async function changeRun(
  models: Models,
  id: string,
  owner: string,
  { title, pinned, visibility }: RunChange,
): Promise<RunSummary | null> {
  const change: Partial<RunRow> = {
    ...(title === undefined ? {} : { title, titleFolded: fold(title ?? "") }),
    ...(pinned === undefined ? {} : { pinned }),
    ...(visibility === undefined ? {} : { visibility }),
  };
  const shares = visibility !== undefined && visibility !== "private";
  await models.runs.updateOne({ _id: id, owner, ...(shares ? { takedown: null } : {}) }, { $set: change });
  const row = await models.runs.findOne({ _id: id, owner }).lean();
  if (shares && row?.takedown) throw staysDown();
  return row && summaryOf(row);
}

/** Removes those of `ids` that match; returns how many. */
export async function erase(
  models: Models,
  ids: readonly string[],
  filter: QueryFilter<RunRow>,
): Promise<number> {
  if (ids.length === 0) return 0;
  const at = new Date();
  await models.deletions.bulkWrite(
    ids.map((id) => ({ updateOne: { filter: { _id: id }, update: { $set: { at } }, upsert: true } })),
    { ordered: false },
  );
  // One delete a run: concurrent calls may delete or end the same runs, and the totals must count only what this call removed.
  const projection = { owner: 1, plan: 1, bytes: 1, status: 1 } as const;
  const removed = await together(ids, (_id) =>
    models.runs.findOneAndDelete({ ...filter, _id }, { projection, hint: BY_ID }).lean(),
  );
  await count(
    models,
    removed.filter(({ status }) => status !== "running"),
    -1,
  );
  await removeParts(models, ids);
  return removed.length;
}

/** Removes the parts of those of `ids` that have no row. */
export async function removeParts(models: Models, ids: readonly string[]): Promise<void> {
  const left = await models.runs.find({ _id: { $in: ids } }, { _id: 1 }).lean();
  const kept = new Set(left.map((row) => row._id));
  const gone = ids.filter((id) => !kept.has(id));
  if (gone.length === 0) return;
  await models.requests.deleteMany({ _id: { $in: gone } });
  await models.results.deleteMany({ _id: { $in: gone } });
  await removeArtifacts(models, gone);
  await models.reportCases.deleteMany({ run: { $in: gone } });
}

/** Stores a batch of whole runs, skipping ids that exist. `runningOf` says what is remembered of one that is running. */
export async function importRuns(
  models: Models,
  runs: readonly StoredRun[],
  runningOf: (id: string) => Running = () => IMPORTED,
): Promise<number> {
  const ids = runs.map((run) => run.id);
  const taken = await models.runs.find({ _id: { $in: ids } }, { _id: 1 }).lean();
  const seen = new Set(taken.map((row) => row._id));
  const fresh = runs.filter((run) => !seen.has(run.id) && seen.add(run.id));
  // A run that is restored after its deletion must not be removed by the record of it.
  await models.deletions.deleteMany({ _id: { $in: ids } });
  await insertNew(models.requests, fresh.map(requestRowOf));
  await insertNew(
    models.results,
    fresh.flatMap(({ id, result }) =>
      result ? [{ _id: id, attempt: "import", result: onceOf(fitResult(result)) }] : [],
    ),
  );
  const rows = fresh.map((run) => {
    return { ...rowOf(run, runningOf(run.id)), bytes: runBytes(requestRowOf(run), run.result) };
  });
  await insertNew(models.runs, rows);
  await count(
    models,
    rows.filter(({ status }) => status !== "running"),
    1,
  );
  return fresh.length;
}

import type { PlanId } from "../../schemas/plan";
import type { Kept } from "../index";
import { REMOVAL_REMEMBERED_MS, storedResultSchema } from "../stored-run";
import { runBytes } from "./rows";
import { LIST_INDEXES, type Models, type RunRow } from "./schemas";

/*
 * The totals are documents of their own, and without transactions a process that dies between a run and its totals leaves them wrong by
 * that run. So they are not waited for in the journal, and `recount` puts them right.
 */

const UNJOURNALED = { writeConcern: { w: 1 } } as const;

export type KeptRun = Pick<RunRow, "owner" | "plan" | "bytes">;

export const idOfOwner = (owner: string) => `owner ${owner}`;
export const idOfPlan = (plan: PlanId) => `plan ${plan}`;

export async function kept(models: Models, owner: string): Promise<Kept> {
  const row = await models.kept.findById(idOfOwner(owner)).lean();
  return {
    runs: Math.max(0, row?.runs ?? 0),
    bytes: Math.max(0, row?.bytes ?? 0),
    removedRuns: row?.removedRuns ?? 0,
    removedAt: row?.removedAt ?? null,
  };
}

/** At the same time at most; a server has a hundred connections of ours. */
const TOGETHER = 20;

/** For writes of one document by its id and more: the index of ids finds it, whatever else the planner would weigh. */
export const BY_ID = { _id: 1 } as const;

/** Does something to each of `ids`, some of them at the same time; returns what was found. */
export async function together<T>(
  ids: readonly string[],
  work: (id: string) => Promise<T | null>,
): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < ids.length; start += TOGETHER) {
    const some = await Promise.all(ids.slice(start, start + TOGETHER).map(work));
    found.push(...some.filter((one) => one !== null));
  }
  return found;
}

/** Adds runs to the totals of their owners and plans, or with -1 takes them away. */
export async function count(models: Models, runs: readonly KeptRun[], sign: 1 | -1): Promise<void> {
  const totals = new Map<string, { runs: number; bytes: number }>();
  for (const { owner, plan, bytes = 0 } of runs) {
    for (const id of [idOfOwner(owner), idOfPlan(plan)]) {
      const total = totals.get(id) ?? { runs: 0, bytes: 0 };
      totals.set(id, { runs: total.runs + sign, bytes: total.bytes + sign * bytes });
    }
  }
  await add(models, totals);
}

async function add(
  models: Models,
  totals: ReadonlyMap<string, { runs: number; bytes: number }>,
): Promise<void> {
  if (totals.size === 0) return;
  const updates = [...totals].map(([_id, more]) => ({
    updateOne: {
      filter: { _id },
      update: { $inc: more, $setOnInsert: { removedRuns: 0, removedAt: null } },
      upsert: true,
    },
  }));
  await models.kept.bulkWrite(updates, { ordered: false, ...UNJOURNALED });
}

/** What was removed of a guest's is told to the user that they became. */
export async function moveRemovals(models: Models, from: string, to: string): Promise<void> {
  const row = await models.kept.findOneAndDelete({ _id: idOfOwner(from) }).lean();
  if (!row?.removedRuns || !row.removedAt) return;
  await models.kept.updateOne(
    { _id: idOfOwner(to) },
    {
      $inc: { removedRuns: row.removedRuns },
      $max: { removedAt: row.removedAt },
      $setOnInsert: { runs: 0, bytes: 0 },
    },
    { upsert: true },
  );
}

/** Puts right what a dead process left wrong, and forgets removals that their owners had time to see. Reads every run's row. */
export async function recount(models: Models, now: Date): Promise<void> {
  const before = new Date(now.getTime() - REMOVAL_REMEMBERED_MS);
  await models.kept.updateMany(
    { removedRuns: { $gt: 0 }, removedAt: { $lt: before } },
    { $set: { removedRuns: 0, removedAt: null } },
    { hint: { removedRuns: 1 } },
  );
  const groups = await models.runs
    .aggregate<{ _id: { owner: string; plan: PlanId }; runs: number; bytes: number }>([
      { $match: { owner: { $gt: "" } } },
      { $project: { _id: 0, owner: 1, plan: 1, status: 1, bytes: 1 } },
      { $match: { status: { $ne: "running" } } },
      { $group: { _id: { owner: "$owner", plan: "$plan" }, runs: { $sum: 1 }, bytes: { $sum: "$bytes" } } },
    ])
    .hint(LIST_INDEXES.all);
  const right = new Map<string, { runs: number; bytes: number }>();
  for (const { _id, runs, bytes } of groups) {
    for (const id of [idOfOwner(_id.owner), idOfPlan(_id.plan)]) {
      const total = right.get(id) ?? { runs: 0, bytes: 0 };
      right.set(id, { runs: total.runs + runs, bytes: total.bytes + bytes });
    }
  }
  const empty: string[] = [];
  const wrong = new Map<string, { runs: number; bytes: number }>();
  for await (const row of models.kept.find({ removedRuns: { $gte: 0 } }).lean()) {
    const { runs, bytes } = right.get(row._id) ?? { runs: 0, bytes: 0 };
    right.delete(row._id);
    if (runs === 0 && row.removedRuns === 0) empty.push(row._id);
    if (runs !== row.runs || bytes !== row.bytes) {
      wrong.set(row._id, { runs: runs - row.runs, bytes: bytes - row.bytes });
    }
  }
  for (const [id, total] of right) wrong.set(id, total);
  await add(models, wrong);
  await models.kept.deleteMany({ _id: { $in: empty }, runs: 0, bytes: 0, removedRuns: 0 });
}

/** Counts the runs of versions that did not. */
export async function measure(models: Models): Promise<void> {
  const uncounted = { owner: { $gt: "" }, bytes: { $exists: false } };
  for await (const { _id } of models.runs.find(uncounted, { _id: 1 }).hint(LIST_INDEXES.all).lean()) {
    const [request, kept] = await Promise.all([
      models.requests.findById(_id).lean(),
      models.results.findById(_id).lean(),
    ]);
    const bytes = runBytes(request, kept && storedResultSchema.parse(kept.result));
    await models.runs.updateOne({ _id, bytes: { $exists: false } }, { $set: { bytes } });
  }
}

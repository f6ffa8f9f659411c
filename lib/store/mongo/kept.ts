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

/** Forgets removals that their owners had time to see. */
export async function forgetRemovals(models: Models, now: Date): Promise<void> {
  const before = new Date(now.getTime() - REMOVAL_REMEMBERED_MS);
  await models.kept.updateMany(
    { removedRuns: { $gt: 0 }, removedAt: { $lt: before } },
    { $set: { removedRuns: 0, removedAt: null } },
    { hint: { removedRuns: 1 } },
  );
}

type Totals = Map<string, { runs: number; bytes: number }>;

/** Runs whose rows one step of a recount reads, and those of an owner more. */
const RECOUNT_RUNS = 20_000;

/** Where a recount is, and what it has counted of plans, which are known when it has seen everybody. */
export interface Recount {
  after: string;
  plans: Totals;
}

export const NEW_RECOUNT: () => Recount = () => ({ after: "", plans: new Map() });

/**
 * Puts right what a dead process left wrong, for some owners; with the last of them for plans, too. Answers where to go on, `null` at the end. In
 * steps, because it reads every run's row: of a hundred million that takes minutes. What is written of a plan meanwhile it may miss.
 */
export async function recountSome(
  models: Models,
  { after, plans }: Recount,
  runsInStep = RECOUNT_RUNS,
): Promise<Recount | null> {
  const index = LIST_INDEXES.all;
  const [end] = await models.runs
    .find({ owner: { $gt: after } }, { _id: 0, owner: 1 })
    .sort(index)
    .hint(index)
    .skip(runsInStep)
    .limit(1)
    .lean();
  const upTo = end?.owner;
  const groups = await models.runs
    .aggregate<{ _id: { owner: string; plan: PlanId }; runs: number; bytes: number }>([
      { $match: { owner: { $gt: after, ...(upTo === undefined ? {} : { $lte: upTo }) } } },
      { $project: { _id: 0, owner: 1, plan: 1, status: 1, bytes: 1 } },
      { $match: { status: { $ne: "running" } } },
      { $group: { _id: { owner: "$owner", plan: "$plan" }, runs: { $sum: 1 }, bytes: { $sum: "$bytes" } } },
    ])
    .hint(index);
  const owners: Totals = new Map();
  for (const { _id, runs, bytes } of groups) {
    tally(owners, idOfOwner(_id.owner), runs, bytes);
    tally(plans, idOfPlan(_id.plan), runs, bytes);
  }
  const last = upTo === undefined ? { $lt: AFTER_OWNERS } : { $lte: idOfOwner(upTo) };
  await correct(models, { $gt: idOfOwner(after), ...last }, owners);
  if (upTo !== undefined) return { after: upTo, plans };
  await correct(models, { $gte: idOfPlan("" as PlanId), $lt: AFTER_PLANS }, plans);
  return null;
}

/** Behind all ids of a kind: the character after the space in them. */
const AFTER_OWNERS = "owner!";
const AFTER_PLANS = "plan!";

function tally(totals: Totals, id: string, runs: number, bytes: number): void {
  const total = totals.get(id) ?? { runs: 0, bytes: 0 };
  totals.set(id, { runs: total.runs + runs, bytes: total.bytes + bytes });
}

/** Brings the totals of a range of ids to what they should be; those that are not named to nothing. */
async function correct(
  models: Models,
  ids: { $gt?: string; $gte?: string; $lt?: string; $lte?: string },
  right: Totals,
): Promise<void> {
  const missing = new Map(right);
  const empty: string[] = [];
  const wrong: Totals = new Map();
  for await (const row of models.kept.find({ _id: ids }).hint(BY_ID).lean()) {
    const { runs, bytes } = missing.get(row._id) ?? { runs: 0, bytes: 0 };
    missing.delete(row._id);
    if (runs === 0 && row.removedRuns === 0) empty.push(row._id);
    if (runs !== row.runs || bytes !== row.bytes) {
      wrong.set(row._id, { runs: runs - row.runs, bytes: bytes - row.bytes });
    }
  }
  for (const [id, total] of missing) wrong.set(id, total);
  await add(models, wrong);
  await models.kept.deleteMany({ _id: { $in: empty }, runs: 0, bytes: 0, removedRuns: 0 });
}

/** All at once, for a migration. */
export async function recount(models: Models, now: Date): Promise<void> {
  await forgetRemovals(models, now);
  for (let next: Recount | null = NEW_RECOUNT(); next; ) next = await recountSome(models, next);
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

import type { QueryFilter } from "mongoose";
import type { Charge, Charged, DayActivity, DayUsage, HourActivity } from "../index";
import { dayOf, daysBetween, hoursBetween } from "../spans";
import { isDuplicate } from "./database";
import { orderOf } from "./rows";
import { type Models, type RunRow, TIME_INDEX, type UsageRow } from "./schemas";

const MAX_ATTEMPTS = 10;
/** Of each counter. Whoever gives a run back again does so within seconds, or after the death of a process. */
const REMEMBERED_REFUNDS = 100;

export async function refundRun(
  models: Models,
  account: string,
  day: string,
  ceilings: readonly string[] = [],
): Promise<number> {
  await Promise.all(ceilings.map((each) => refundRun(models, each, day)));
  return (await increase(models, { _id: idOf(account, day), runs: { $gt: 0 } }, -1))?.runs ?? 0;
}

/** Gives a running run back to what it was charged to, once, however many processes do it. */
export async function refundOf(models: Models, row: RunRow): Promise<void> {
  const account = row.chargedTo === undefined ? row.owner : row.chargedTo;
  if (account === null) return;
  const day = dayOf(row.createdAt);
  await Promise.all(
    [account, ...(row.ceilings ?? [])].map((each) =>
      models.usage.updateOne(
        { _id: idOf(each, day), runs: { $gt: 0 }, refunded: { $ne: row._id } },
        { $inc: { runs: -1 }, $push: { refunded: { $each: [row._id], $slice: -REMEMBERED_REFUNDS } } },
      ),
    ),
  );
}

async function add(models: Models, owner: string, day: string, runs: number): Promise<number> {
  const filter = { _id: idOf(owner, day) };
  const counted = await increase(models, filter, runs);
  if (counted) return counted.runs;
  await makeCounter(models, owner, day);
  return (await increase(models, filter, runs))?.runs ?? 0;
}

/** All counters at once, since each is a wait for the journal; where one refuses, the others are given back. */
export async function chargeRun(models: Models, { ceilings = [], ...charge }: Charge): Promise<Charged> {
  const { day } = charge;
  const [own, ...others] = await Promise.all([
    chargeOne(models, charge),
    ...ceilings.map((ceiling) => chargeOne(models, { ...ceiling, day })),
  ]);
  const refusing = ceilings.find((_, index) => !others[index]?.accepted);
  if (own.accepted && !refusing) return own;
  const taken = ceilings.filter((_, index) => others[index]?.accepted).map(({ account }) => account);
  await Promise.all(taken.map((account) => refundRun(models, account, day)));
  if (!own.accepted || !refusing) return own;
  const used = await refundRun(models, charge.account, day);
  return { accepted: false, used, ceiling: refusing };
}

async function chargeOne(
  models: Models,
  { account, day, limit }: Omit<Charge, "ceilings">,
): Promise<Charged> {
  const _id = idOf(account, day);
  let used = 0;
  // Repeats only when the counter was created, or a run refunded, between the two reads.
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const charged = limit < 1 ? null : await increase(models, { _id, runs: { $lt: limit } }, 1);
    if (charged) return { accepted: true, used: charged.runs };
    const counter = await models.usage.findById(_id).lean();
    used = counter?.runs ?? 0;
    if (used >= limit) break;
    if (!counter) await makeCounter(models, account, day);
  }
  return { accepted: false, used };
}

export function idOf(owner: string, day: string): string {
  return `${day} ${owner}`;
}

/** Changes an existing counter atomically; `null` when none matches. */
function increase(models: Models, filter: QueryFilter<UsageRow>, runs: number) {
  return models.usage.findOneAndUpdate(filter, { $inc: { runs } }, { returnDocument: "after" }).lean();
}

/** Separate from `increase`: of concurrent upserts of one new counter some fail, and then it is unclear what was counted. */
async function makeCounter(models: Models, owner: string, day: string): Promise<void> {
  try {
    await models.usage.updateOne(
      { _id: idOf(owner, day) },
      { $setOnInsert: { owner, day, runs: 0 } },
      { upsert: true },
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

export async function usage(models: Models, account: string, from: string, to: string): Promise<DayUsage[]> {
  const days = await models.usage
    .find({ owner: account, day: { $gte: from, $lte: to } })
    .sort({ day: 1 })
    .lean();
  return days.filter(({ runs }) => runs > 0).map(({ day, runs }) => ({ day, runs }));
}

/** Day by day, removed from one and added to the other; a process that dies in between loses that day's count. */
export async function moveUsage(models: Models, from: string, to: string, since = ""): Promise<void> {
  for (const { _id } of await models.usage.find({ owner: from, day: { $gte: since } }).lean()) {
    const taken = await models.usage.findOneAndDelete({ _id }).lean();
    if (taken && taken.runs > 0) await add(models, to, taken.day, taken.runs);
  }
}

export async function activity(models: Models, owner: string, from: Date, to: Date): Promise<DayActivity[]> {
  const end = daysBetween(from, to).at(-1);
  if (!end) return [];
  const days = await models.runs.aggregate<
    Omit<DayActivity, "day"> & { _id: string; averageMs: number | null }
  >([
    {
      $match: {
        owner,
        order: { $gte: orderOf({ createdAt: from.getTime() }), $lt: orderOf({ createdAt: end.to }) },
      },
    },
    {
      $group: {
        _id: { $dateToString: { format: "%Y-%m-%d", date: "$createdAt" } },
        runs: { $sum: 1 },
        succeeded: { $sum: { $cond: [{ $eq: ["$status", "success"] }, 1, 0] } },
        averageMs: { $avg: "$durationMs" },
        slowestMs: { $max: "$durationMs" },
      },
    },
    { $sort: { _id: 1 } },
  ]);
  return days.map(({ _id: day, runs, succeeded, averageMs, slowestMs }) => ({
    day,
    runs,
    succeeded,
    averageMs: averageMs ?? 0,
    slowestMs: slowestMs ?? 0,
  }));
}

export async function runsByHour(models: Models, from: Date, to: Date): Promise<HourActivity[]> {
  const end = hoursBetween(from, to).at(-1);
  if (!end) return [];
  const hours = await models.runs
    .aggregate<Omit<HourActivity, "hour"> & { _id: string }>([
      { $match: { createdAt: { $gte: from, $lt: new Date(end.to) } } },
      // Only fields of the index, so that no documents are read.
      { $project: { _id: 0, createdAt: 1, status: 1 } },
      {
        $group: {
          _id: { $dateToString: { format: "%Y-%m-%dT%H", date: "$createdAt" } },
          runs: { $sum: 1 },
          failed: { $sum: { $cond: [{ $eq: ["$status", "system_error"] }, 1, 0] } },
        },
      },
      { $sort: { _id: 1 } },
    ])
    .hint(TIME_INDEX);
  return hours.map(({ _id: hour, runs, failed }) => ({ hour, runs, failed }));
}

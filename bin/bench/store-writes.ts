import { randomBytes } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { NewRun, Store } from "../../lib/store";
import { percentile, printTable, round } from "./figures";
import { expiryOf, generatedRun, ownerOf } from "./store-runs";

/** Wall-clock time of each call, and for how long the process served nobody else meanwhile at most, both in milliseconds. */
interface Timed {
  name: string;
  timesMs: number[];
  stallMs: number;
  rows: number | string;
}

const DAY_MS = 86_400_000;

/**
 * What changes a store of `runs` generated runs of `owners` owners, each asked for `rounds` times: acceptance, end, deletion, the totals, and what
 * upkeep removes. Prints and returns the figures. It leaves fewer runs than there were.
 */
export async function measureWrites(
  store: Store,
  title: string,
  runs: number,
  owners: number,
  rounds: number,
) {
  const accepted: NewRun[] = [];
  const timed: Timed[] = [];
  const measure = async (name: string, times: number, work: (n: number) => Promise<number | undefined>) => {
    timed.push(await timesOf(name, times, work));
  };

  await measure("acceptRun", rounds, async (n) => {
    const run = newRun(n, owners);
    await store.acceptRun(run, { account: run.owner, day: dayOf(run.createdAt), limit: 1_000_000 });
    accepted.push(run);
    return undefined;
  });
  await measure("finishRun", rounds, async (n) => {
    const { result } = generatedRun(n, runs, owners);
    const run = accepted[n];
    if (!result || !run) return undefined;
    const usage = {
      plan: "free" as const,
      used: 1,
      limit: 1_000,
      remaining: 999,
      resetsAt: result.createdAt,
    };
    await store.finishRun(run.id, { ...result, id: run.id, language: run.request.language, usage });
    return undefined;
  });
  await measure("kept: how many runs, how many bytes", rounds, async (n) => {
    await store.kept(ownerOf(n * 7, owners));
    return undefined;
  });
  await measure("activity of 90 days", 20, async (n) => {
    const from = new Date(Date.UTC(2026, 7, 1));
    return (await store.activity(ownerOf(n * 7, owners), from, new Date(from.getTime() + 90 * DAY_MS)))
      .length;
  });
  await measure("runsByHour of a day", 20, async (n) => {
    const from = new Date(Date.UTC(2026, 7, 1 + n));
    return (await store.runsByHour(from, new Date(from.getTime() + DAY_MS))).length;
  });
  await measure("deleteRun", Math.min(rounds, 100), async (n) => {
    const { id, owner } = generatedRun(n * 13 + 1, runs, owners);
    await store.deleteRun(id, owner);
    return undefined;
  });
  await measure("deleteRuns: all of one owner", 3, (n) => store.deleteRuns(ownerOf(owners - 1 - n, owners)));
  await measure("makeRoom: nothing to do", rounds, async (n) => {
    const all = Number.MAX_SAFE_INTEGER;
    return store.makeRoom({ owner: ownerOf(n, owners), plan: "free" }, { ownerBytes: all, planBytes: all });
  });
  await measure("makeRoom: half of an owner's", 5, async (n) => {
    const owner = ownerOf(owners - 10 - n, owners);
    const { bytes } = await store.kept(owner);
    const limits = { ownerBytes: bytes / 2, planBytes: Number.MAX_SAFE_INTEGER };
    return store.makeRoom({ owner, plan: "free" }, limits);
  });
  await measure("prune: a hundredth of all", 1, () => store.prune(expiryOf(Math.floor(runs / 10), runs)));
  await measure("prune: nothing to do", 5, () => store.prune(new Date(0)));
  await measure("closeInterrupted: nothing to do", 20, () => store.closeInterrupted());
  printTable(`${title}, writes and upkeep: milliseconds`, timed.map(rowOf));
  return timed.map(rowOf);
}

async function timesOf(
  name: string,
  times: number,
  work: (n: number) => Promise<number | undefined>,
): Promise<Timed> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const timesMs: number[] = [];
  let rows: number | undefined;
  for (let n = 0; n < times; n++) {
    const since = performance.now();
    const done = await work(n);
    timesMs.push(performance.now() - since);
    if (done !== undefined) rows = (rows ?? 0) + done;
  }
  delay.disable();
  return { name, timesMs, stallMs: delay.max / 1e6, rows: rows ?? "" };
}

function rowOf({ name, timesMs, stallMs, rows }: Timed) {
  const at = (share: number) => round(percentile(timesMs, share));
  return {
    ...{ "": name, n: timesMs.length, rows },
    ...{ p50: at(0.5), p95: at(0.95), max: at(1), "longest stall": round(stallMs) },
  };
}

function newRun(n: number, owners: number): NewRun {
  const { request } = generatedRun(n, owners, owners);
  return {
    id: randomBytes(16).toString("base64url"),
    owner: ownerOf(n * 7, owners),
    request,
    plan: "free",
    createdAt: new Date(),
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/**
 * What the metrics of a run cost: `npm run bench -- metrics`. Tells what a run tells, and as much for traces
 * that nobody wants; prints microseconds a run.
 */
import type { Queue, RunJob } from "../../lib/queue";
import type { Store } from "../../lib/store";
import { doneFor } from "../../lib/telemetry/context";
import { measuredQueue } from "../../lib/telemetry/measured-queue";
import { measuredRates } from "../../lib/telemetry/measured-rates";
import { measuredStore } from "../../lib/telemetry/measured-store";
import { Metrics } from "../../lib/telemetry/metrics";
import { createRunTelemetry } from "../../lib/telemetry/runs";

const RUNS = 20_000;
const ROUNDS = 5;

/** The store calls of one run, including those that authenticate its caller. */
const CALLS = ["acceptRun", "finishRun", "makeRoom", "getRun", "health"] as const;

const store = Object.fromEntries(CALLS.map((name) => [name, async () => null])) as unknown as Store;
const queue = { add: async () => {}, work: async () => {} } as unknown as Queue;
const rates = {
  take: async () => ({ name: "runs", allowed: true, limit: 1, remaining: 1, resetS: 1 }),
  giveBack: async () => {},
};
const job = { id: "a", language: "python", acceptedAtMs: 0 } as RunJob;

/** The way of a run past everything that is decorated; with `metrics` null, the same undecorated. */
function wayOfRun(metrics: Metrics | null): () => Promise<void> {
  const telemetry = metrics && createRunTelemetry({ meter: metrics, tracing: null });
  const [keeps, waits, limits] = metrics
    ? [measuredStore(store, metrics), measuredQueue(queue, metrics), measuredRates(rates, metrics)]
    : [store, queue, rates];
  const accept = async () => {
    await limits.take("requests", "me", 1);
    await limits.take("runs", "me", 1);
    await waits.add(job);
  };
  return async () => {
    await doneFor({ request: "r" }, () => (telemetry ? telemetry.accepting(accept) : accept()));
    const watch = telemetry?.executing(job);
    for (const stage of ["sandbox", "compile", "run", "record"] as const) watch?.stage(stage);
    metrics?.acquired("cell", true);
    // A container's life, of which a run in a cell has a hundredth.
    for (const call of ["create", "attach", "start", "kill", "remove"]) metrics?.engineAnswered(call, 5);
    for (const name of CALLS) await (keeps[name] as () => Promise<unknown>)();
    watch?.end({ status: "success", isolation: "cell" });
    metrics?.turnEnded(5);
    metrics?.answered("/api/editor/run", "POST", 200, 5);
  };
}

async function microsecondsOf(run: () => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const since = performance.now();
    for (let count = 0; count < RUNS; count++) await run();
    best = Math.min(best, ((performance.now() - since) * 1_000) / RUNS);
  }
  return best;
}

const metrics = new Metrics();
const without = await microsecondsOf(wayOfRun(null));
const withMetrics = await microsecondsOf(wayOfRun(metrics));
const since = performance.now();
const { length } = await metrics.text();
console.log(`without metrics ${without.toFixed(1)} µs a run, with ${withMetrics.toFixed(1)} µs`);
console.log(`so metrics cost ${(withMetrics - without).toFixed(1)} µs a run`);
console.log(`reading them took ${(performance.now() - since).toFixed(1)} ms for ${length} bytes`);

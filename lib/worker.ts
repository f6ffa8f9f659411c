import type { Env } from "./env";
import { openBase, openEngine, openSharedPorts, type Parts } from "./execution";
import type { Logger } from "./log";
import { LostRuns } from "./runs";
import { partWatch } from "./system/part-watch";
import { measuredQueue } from "./telemetry/measured-queue";
import { Announcer, CALLS_AT_ONCE, createCalls, Pulse } from "./workers";

/** How long programs may go on when the worker stops, and how long interrupted ones may take to end. What waits is left to other workers. */
const DRAIN = { graceMs: 15_000, interruptMs: 3_000 };
const HURRY = { graceMs: 0, interruptMs: DRAIN.interruptMs };

const NO_REDIS =
  "A worker takes its runs from Redis: set REDIS_URL, and MONGODB_URI, as the web processes have them.";

/** A process that runs programs for web processes and serves nobody itself. */
export interface Worker {
  /** New with each start. */
  id: string;
  log: Logger;
  /** Takes no more runs, lets those that it has end, and leaves nothing behind. Calling it again interrupts them at once. */
  close(): Promise<void>;
}

/** The composition root of a worker. Throws without `REDIS_URL`, and when this machine cannot have sandboxes. */
export async function createWorker(env: Env, parts: Parts = {}): Promise<Worker> {
  // Before the store is opened: the embedded database of a single process must not be touched.
  if (!parts.shared && env.redisUrl === undefined) throw new Error(NO_REDIS);
  const base = await openBase(env, parts);
  const { log, background, store, catalogue, metrics, telemetry } = base;
  const shared = parts.shared ?? (await openSharedPorts(base));
  if (!shared) throw new Error(NO_REDIS);
  const { channel, fleet } = shared;
  const queue = measuredQueue(shared.queue, metrics);
  const lostRuns = new LostRuns({ store, queue, channel, fleet, log: background });
  const onOutage = () => void announcer.now();
  const ports = { queue, channel, lostRuns, closeOptions: DRAIN, onOutage, plans: env.plans };
  const engine = await openEngine(base, { ...ports, ...(parts.sandbox && { sandbox: parts.sandbox }) });
  const { sandbox, executor, figures, runFormatter } = engine;
  let able = true;
  const pulse = new Pulse(env.dataDir);
  const announcer = new Announcer({
    ...{
      fleet,
      sandbox,
      catalogue,
      figures,
      log: background,
      pulse,
      isolation: env.isolation,
      concurrency: env.concurrency,
    },
    askEngine: partWatch(() => sandbox.health(), {
      ok: false,
      message: "Docker does not answer; see whether it is running.",
      ...{ warm: 0, running: 0, ready: [], missing: [] },
    }),
    unwritten: () => executor.unwritten,
    async onHealth({ ok, message }) {
      if (ok === able) return;
      able = ok;
      if (ok) log.info("Docker is back: runs are taken again");
      else log.warn({ reason: message }, "Docker is away: no runs are taken until it is back");
      await queue.pause(!ok);
    },
  });
  fleet.serve(createCalls({ sandbox, catalogue, runFormatter, metrics }), CALLS_AT_ONCE);
  await announcer.begin();
  await executor.begin();

  async function close(): Promise<void> {
    await announcer.drain();
    await executor.close();
    await announcer.end();
    await pulse.end();
    const ends = await Promise.allSettled([
      sandbox.close(),
      shared?.close(),
      store.close(),
      telemetry.close(),
    ]);
    for (const end of ends) {
      if (end.status === "rejected") log.error({ err: end.reason }, "a part could not be closed");
    }
  }

  let closing: Promise<void> | undefined;
  return {
    id: announcer.id,
    log,
    close() {
      if (closing) void queue.close(HURRY);
      closing ??= close();
      return closing;
    },
  };
}

import { withTimeout } from "../../system/with-timeout";
import { FIRST_ATTEMPT, type JobHandler, type Queue, type QueueState, type RunJob } from "..";
import { queueFull, stopping } from "../refusals";
import type { MemoryChannel } from "./channel";
import { Rotation } from "./rotation";

export interface MemoryQueueOptions {
  /** Jobs that may wait for a turn. */
  limit: number;
  channel: MemoryChannel;
}

interface WaitingJob {
  job: RunJob;
  signal: AbortSignal;
  onAbort: () => void;
  /** The position that was reported last; it only decreases. */
  position: number;
}

/** The queue of a single process. */
export function createMemoryQueue({ limit, channel }: MemoryQueueOptions): Queue {
  const rotation = new Rotation<WaitingJob>();
  // The last quarter of the places is for groups that have none yet, and the quarter before it for accounts of a group that have none: no
  // group can close the door to all others, and no browser of a classroom to the other ones.
  const reserved = Math.floor(limit / 4);
  /** Turns held by each account and network that holds any. */
  const held = new Map<string, number>();
  const handled = new Set<RunJob>();
  const onIdle = new Set<() => void>();
  let handle: JobHandler | undefined;
  let concurrency = 0;
  let closed = false;
  let paused = false;
  let running = 0;

  const state = (): QueueState => ({ running, concurrency, waiting: rotation.size, limit });

  function mayStart(job: RunJob): boolean {
    return (
      !paused &&
      running < concurrency &&
      holdersOf(job).every(({ key, parallel }) => (held.get(key) ?? 0) < parallel)
    );
  }

  /** Takes a turn; answers what gives it back, once. */
  function takeTurn(job: RunJob): () => void {
    running++;
    for (const { key } of holdersOf(job)) held.set(key, (held.get(key) ?? 0) + 1);
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      running--;
      for (const { key } of holdersOf(job)) {
        const left = (held.get(key) ?? 0) - 1;
        if (left > 0) held.set(key, left);
        else held.delete(key);
      }
      startWaiting();
    };
  }

  function start(job: RunJob, signal: AbortSignal): void {
    const release = takeTurn(job);
    channel.append(job.id, { type: "queued", id: job.id, position: 0 });
    hand(job, signal, release);
  }

  function hand(job: RunJob, signal: AbortSignal, release: () => void): void {
    if (!handle) throw new Error("Nobody works yet.");
    handled.add(job);
    void handle(job, signal, release, FIRST_ATTEMPT).finally(() => {
      handled.delete(job);
      if (isIdle()) for (const resolve of onIdle) resolve();
    });
  }

  function startWaiting(): void {
    for (;;) {
      const next = rotation.takeNext(({ job }) => mayStart(job));
      if (!next) break;
      next.signal.removeEventListener("abort", next.onAbort);
      start(next.job, next.signal);
    }
    tellPositions();
  }

  function tellPositions(): void {
    for (const [index, place] of rotation.inOrder().entries()) {
      const position = index + 1;
      if (position >= place.position) continue;
      place.position = position;
      channel.append(place.job.id, { type: "queued", id: place.job.id, position });
    }
  }

  function wait(job: RunJob, signal: AbortSignal): void {
    const place: WaitingJob = { job, signal, onAbort: () => handWithoutTurn(place), position: Infinity };
    signal.addEventListener("abort", place.onAbort, { once: true });
    rotation.add(place);
    tellPositions();
  }

  /** A job that is cancelled while it waits has nothing to wait for. */
  function handWithoutTurn(place: WaitingJob): void {
    if (!handle || !rotation.remove(place)) return;
    hand(place.job, place.signal, () => {});
    tellPositions();
  }

  function placesFor(job: RunJob): number {
    if (!rotation.hasGroup(job.group)) return limit;
    const oneOfMany = job.account !== job.group && rotation.hasAccount(job);
    return limit - (oneOfMany ? 2 * reserved : reserved);
  }

  const isIdle = () => handled.size === 0 && rotation.size === 0;

  function whenIdle(ms: number): Promise<void> {
    if (isIdle()) return Promise.resolve();
    const idle = new Promise<void>((resolve) => {
      onIdle.add(resolve);
    });
    return withTimeout(idle, ms, () => {});
  }

  return {
    async add(job) {
      if (closed) throw stopping();
      const signal = channel.signalOf(job.id);
      if (handle && signal.aborted) {
        hand(job, signal, () => {});
        return;
      }
      if (mayStart(job)) {
        start(job, signal);
        return;
      }
      if (rotation.size >= placesFor(job)) throw queueFull(state());
      wait(job, signal);
    },

    async work(handler, capacity) {
      handle = handler;
      concurrency = capacity.concurrency;
      for (const place of rotation.inOrder()) if (place.signal.aborted) handWithoutTurn(place);
      startWaiting();
    },

    async pause(wanted) {
      paused = wanted;
      startWaiting();
    },

    state: async () => state(),

    async knows(runIds) {
      const jobs = [...handled, ...rotation.inOrder().map((place) => place.job)];
      const known = new Set(jobs.map(({ id }) => id));
      return new Set(runIds.filter((id) => known.has(id)));
    },

    async unbegun(runIds) {
      const waiting = new Set(rotation.inOrder().map(({ job }) => job.id));
      return new Set(runIds.filter((id) => waiting.has(id)));
    },

    async close({ graceMs, interruptMs }) {
      closed = true;
      await whenIdle(graceMs);
      for (const job of [...handled, ...rotation.inOrder().map((place) => place.job)])
        channel.interrupt(job.id);
      await whenIdle(interruptMs);
    },
  };
}

/** Who holds the turn of a job: its account, and the networks it counts for. */
function holdersOf({ account, parallel, networks }: RunJob): { key: string; parallel: number }[] {
  return [{ key: account, parallel }, ...networks];
}

import { withTimeout } from "../../system/with-timeout";
import type { JobHandler, Queue, QueueState, RunJob } from "..";
import { queueFull, stopping } from "../refusals";
import type { MemoryChannel } from "./channel";

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

/** The queue of a single process: turns go round the accounts, first in first out within one. */
export function createMemoryQueue({ limit, channel }: MemoryQueueOptions): Queue {
  /** Accounts in the order of their next turns; each has at least one job. */
  const rotation = new Map<string, WaitingJob[]>();
  // The last quarter of the places is for accounts that have none yet: one account cannot close the door to all others.
  const reserved = Math.floor(limit / 4);
  /** Turns held by each account that holds any. */
  const held = new Map<string, number>();
  const handled = new Set<RunJob>();
  const onIdle = new Set<() => void>();
  let handle: JobHandler | undefined;
  let concurrency = 0;
  let closed = false;
  let running = 0;
  let waiting = 0;

  const state = (): QueueState => ({ running, concurrency, waiting, limit });

  function mayStart({ account, parallel }: RunJob): boolean {
    return running < concurrency && (held.get(account) ?? 0) < parallel;
  }

  /** Takes a turn; answers what gives it back, once. */
  function takeTurn({ account }: RunJob): () => void {
    running++;
    held.set(account, (held.get(account) ?? 0) + 1);
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      running--;
      const left = (held.get(account) ?? 0) - 1;
      if (left > 0) held.set(account, left);
      else held.delete(account);
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
    void handle(job, signal, release).finally(() => {
      handled.delete(job);
      if (isIdle()) for (const resolve of onIdle) resolve();
    });
  }

  function startWaiting(): void {
    for (;;) {
      const turn = [...rotation].find(([, [first]]) => first && mayStart(first.job));
      if (!turn) break;
      const [account, line] = turn;
      const next = line.shift();
      rotation.delete(account);
      if (line.length > 0) rotation.set(account, line); // to the end of the rotation
      waiting--;
      if (!next) continue;
      next.signal.removeEventListener("abort", next.onAbort);
      start(next.job, next.signal);
    }
    tellPositions();
  }

  function tellPositions(): void {
    const lines = [...rotation.values()];
    let position = 0;
    for (let round = 0; position < waiting; round++) {
      for (const line of lines) {
        const place = line[round];
        if (!place) continue;
        position++;
        if (position >= place.position) continue;
        place.position = position;
        channel.append(place.job.id, { type: "queued", id: place.job.id, position });
      }
    }
  }

  function wait(job: RunJob, signal: AbortSignal): void {
    const place: WaitingJob = { job, signal, onAbort: () => handWithoutTurn(place), position: Infinity };
    signal.addEventListener("abort", place.onAbort, { once: true });
    const line = rotation.get(job.account);
    if (line) line.push(place);
    else rotation.set(job.account, [place]);
    waiting++;
    tellPositions();
  }

  /** A job that is cancelled while it waits has nothing to wait for. */
  function handWithoutTurn(place: WaitingJob): void {
    const line = rotation.get(place.job.account);
    const index = line?.indexOf(place) ?? -1;
    if (!handle || !line || index < 0) return;
    line.splice(index, 1);
    if (line.length === 0) rotation.delete(place.job.account);
    waiting--;
    hand(place.job, place.signal, () => {});
    tellPositions();
  }

  const isIdle = () => handled.size === 0 && waiting === 0;
  const allWaiting = () => [...rotation.values()].flat();

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
      const places = rotation.has(job.account) ? limit - reserved : limit;
      if (waiting >= places) throw queueFull(state());
      wait(job, signal);
    },

    async work(handler, capacity) {
      handle = handler;
      concurrency = capacity.concurrency;
      for (const place of allWaiting()) if (place.signal.aborted) handWithoutTurn(place);
      startWaiting();
    },

    state: async () => state(),

    async close({ graceMs, interruptMs }) {
      closed = true;
      await whenIdle(graceMs);
      for (const job of [...handled, ...allWaiting().map((place) => place.job)]) channel.interrupt(job.id);
      await whenIdle(interruptMs);
    },
  };
}

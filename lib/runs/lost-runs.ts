import type { Logger } from "../log";
import type { Channel, Queue } from "../queue";
import type { WorkerNotice } from "../queue/fleet";
import type { Store } from "../store";

export interface LostRunsOptions {
  store: Pick<Store, "queuedRuns" | "closeRuns">;
  queue: Pick<Queue, "knows" | "unbegun">;
  channel: Pick<Channel, "drop">;
  fleet: { workers(): readonly Pick<WorkerNotice, "unwritten">[] };
  log: Logger;
}

/** Passes in a row without a worker, every 10 s, after which nobody is waited for any more. */
const PASSES_WITHOUT_WORKER = 12;

/**
 * Finds the runs that are stored as running and that nobody has: their queue has lost them, as when Redis was started anew with nothing. Any
 * process may look, and several at once do no harm. A run that is just being accepted is not known for a moment, and neither is one whose end
 * is just being written; so only a run that was missed in two passes one after another is closed.
 *
 * Where the queue answers and no worker has been heard of for two minutes, runs that nobody has begun are closed as well: whoever waits for one is told.
 */
export class LostRuns {
  readonly #options: LostRunsOptions;
  #missed: ReadonlySet<string> = new Set();
  #passesWithoutWorker = 0;

  constructor(options: LostRunsOptions) {
    this.#options = options;
  }

  /** One pass. Rejects while the store or the queue is away: then nothing can be said of any run. */
  async close(): Promise<void> {
    const { store, queue, channel, fleet, log } = this.#options;
    const missing = new Set<string>();
    const unserved = new Set<string>();
    const passes = fleet.workers().length === 0 ? this.#passesWithoutWorker + 1 : 0;
    // Of a pass that fails nobody knows whether there were workers.
    this.#passesWithoutWorker = 0;
    for await (const batch of store.queuedRuns()) {
      const known = await queue.knows(batch);
      const unwritten = new Set(fleet.workers().flatMap((worker) => worker.unwritten));
      for (const id of batch) if (!known.has(id) && !unwritten.has(id)) missing.add(id);
      if (passes >= PASSES_WITHOUT_WORKER) for (const id of await queue.unbegun(batch)) unserved.add(id);
    }
    this.#passesWithoutWorker = passes;
    const lost = [...unserved, ...[...missing].filter((id) => this.#missed.has(id))];
    this.#missed = missing;
    if (lost.length === 0) return;
    const closed = await store.closeRuns(lost);
    // Whoever still watches one is told that nothing more comes, and asks how it ended.
    for (const id of lost) channel.drop(id);
    if (closed > 0)
      log.warn({ closed }, "closed runs that the queue has lost or no worker took, and gave them back");
  }
}

import type { Logger } from "../log";
import type { Store } from "../store";
import type { Backlog } from "./backlog";
import type { LostRuns } from "./lost-runs";

/** How often writes that the store could not take are retried. */
const RETRY_MS = 3_000;
const CLOSE_MS = 60_000;
/** How often it is looked for runs that the queue has lost; one is closed after it was missed twice. */
const LOST_MS = 10_000;
const FIRST_PRUNE_MS = 10_000;
const PRUNE_MS = 3_600_000;

export interface UpkeepOptions {
  store: Store;
  backlog: Backlog;
  log: Logger;
  clock: () => Date;
  /** Left out where the queue cannot lose a run without this process ending. */
  lostRuns?: LostRuns | undefined;
}

/**
 * Background work on the store: results that could not be written, runs that a dead process left behind, runs that have
 * expired. Never rejects: what fails is retried.
 */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** Resolves when the runs that a former process left are closed; goes on in the background. */
  async begin(): Promise<void> {
    this.#every(RETRY_MS, () => this.#retry());
    this.#every(CLOSE_MS, () => this.#closeInterrupted());
    this.#every(PRUNE_MS, () => this.#prune());
    const { lostRuns } = this.#options;
    if (lostRuns) this.#every(LOST_MS, () => lostRuns.close());
    this.#timers.add(setTimeout(() => void this.#inTurn(() => this.#prune()), FIRST_PRUNE_MS).unref());
    await this.#inTurn(() => this.#closeInterrupted());
  }

  /** Stops, with a last attempt at what is not written yet. */
  async end(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#inTurn(() => this.#retry());
  }

  #every(ms: number, work: () => Promise<void>): void {
    this.#timers.add(setInterval(() => void this.#inTurn(work), ms).unref());
  }

  /** One pass at a time, so that no work overlaps with itself. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, "upkeep of the store failed; it is tried again");
    });
    return this.#last;
  }

  async #retry(): Promise<void> {
    const { backlog } = this.#options;
    if (!backlog.empty) await backlog.flush();
  }

  async #closeInterrupted(): Promise<void> {
    const { store, log, backlog } = this.#options;
    // Known results first, or the store would close their runs as system errors.
    await this.#retry();
    if (!backlog.empty) return;
    const closed = await store.closeInterrupted();
    if (closed > 0) log.info({ closed }, "closed runs that a stopped process had left running");
  }

  async #prune(): Promise<void> {
    const { store, log, clock } = this.#options;
    const pruned = await store.prune(clock());
    if (pruned > 0) log.info({ pruned }, "removed expired runs");
  }
}

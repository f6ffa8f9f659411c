import type { Logger } from "../log";
import type { Store } from "../store";
import type { Backlog } from "./backlog";

/** How soon what could not be written is tried again. */
const RETRY_MS = 3_000;
const CLOSE_MS = 60_000;
const FIRST_PRUNE_MS = 10_000;
const PRUNE_MS = 3_600_000;

export interface UpkeepOptions {
  store: Store;
  backlog: Backlog;
  log: Logger;
  clock: () => Date;
}

/**
 * What is done for the store in the background: ends that could not be written, runs that a process left behind, runs that
 * have expired. Nothing of it ever rejects: a store that is away is tried again.
 */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** Closes what a former process left, and goes on from there. */
  async begin(): Promise<void> {
    this.#every(RETRY_MS, () => this.#retry());
    this.#every(CLOSE_MS, () => this.#closeInterrupted());
    this.#every(PRUNE_MS, () => this.#prune());
    this.#timers.add(setTimeout(() => void this.#inTurn(() => this.#prune()), FIRST_PRUNE_MS).unref());
    await this.#inTurn(() => this.#closeInterrupted());
  }

  /** Ends it, with a last try for what is not written yet. */
  async end(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#inTurn(() => this.#retry());
  }

  #every(ms: number, work: () => Promise<void>): void {
    this.#timers.add(setInterval(() => void this.#inTurn(work), ms).unref());
  }

  /** One at a time, so that a job never meets itself. */
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
    // First the ends that we know, or the store would make system errors of them.
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

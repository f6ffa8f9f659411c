import { AppError } from "../errors";
import type { Logger } from "../log";

/**
 * Writes that the store could not take, to be retried until it can. Bounded by itself: while the store is away no new runs
 * are accepted that could add to it.
 */
export class Backlog {
  readonly #jobs = new Set<() => Promise<unknown>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  get empty(): boolean {
    return this.#jobs.size === 0;
  }

  add(job: () => Promise<unknown>): void {
    this.#jobs.add(job);
  }

  /**
   * Does everything in the order it was added, and stops at the first that finds the store still away. What fails for another
   * reason would fail again, so it is dropped, or it would block the rest.
   */
  async flush(): Promise<void> {
    for (const job of [...this.#jobs]) {
      try {
        await job();
      } catch (error) {
        if (isForNow(error)) return;
        this.#log.error({ err: error }, "dropped a write that the store does not take");
      }
      this.#jobs.delete(job);
    }
  }
}

/** A store that is away comes back, and one that is full gets room. */
function isForNow(error: unknown): boolean {
  return error instanceof AppError && (error.code === "store_unavailable" || error.code === "store_full");
}

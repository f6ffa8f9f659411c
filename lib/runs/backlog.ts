import { AppError } from "../errors";
import type { Logger } from "../log";

/**
 * Work with the store that could not be done when it came, to be tried again until it is. Bounded by itself: while the
 * store is away no new runs are accepted that could add to it.
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
   * Does everything in the order it came, or stops where the store is away still. What fails for another reason would fail
   * again, and is given up, so that it does not stand in the way of the rest.
   */
  async flush(): Promise<void> {
    for (const job of [...this.#jobs]) {
      try {
        await job();
      } catch (error) {
        if (error instanceof AppError && error.code === "store_unavailable") return;
        this.#log.error({ err: error }, "gave up work for the store that it does not take");
      }
      this.#jobs.delete(job);
    }
  }
}

/**
 * Work with the store that could not be done when it came, to be tried again until it is. Bounded by itself: while the
 * store is away no new runs are accepted that could add to it.
 */
export class Backlog {
  readonly #jobs = new Set<() => Promise<unknown>>();

  get empty(): boolean {
    return this.#jobs.size === 0;
  }

  add(job: () => Promise<unknown>): void {
    this.#jobs.add(job);
  }

  /** Tries everything once, in the order it came; stops at the first that fails, because the others would too. */
  async flush(): Promise<void> {
    for (const job of [...this.#jobs]) {
      await job();
      this.#jobs.delete(job);
    }
  }
}

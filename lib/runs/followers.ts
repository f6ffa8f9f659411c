/** Those who read the events of a run, and what happens when there has been none of them for a while. */
export class Followers {
  #count = 0;
  #absence: { ms: number; onAbsence: () => void } | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** The events, with their reader counted from now until they end, fail or are no longer read. */
  counted<T>(events: AsyncIterableIterator<T>): AsyncIterableIterator<T> {
    let reading = true;
    const leave = () => {
      if (reading) this.#leave();
      reading = false;
    };
    this.#count += 1;
    clearTimeout(this.#timer);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        try {
          const step = await events.next();
          if (step.done) leave();
          return step;
        } catch (error) {
          leave();
          throw error;
        }
      },
      return: async () => {
        leave();
        await events.return?.();
        return { done: true, value: undefined };
      },
    };
  }

  /** Calls `onAbsence` once there has been no reader for `ms`, counted from now if there is none. */
  whenNone(ms: number, onAbsence: () => void): void {
    this.#absence = { ms, onAbsence };
    if (this.#count === 0) this.#wait();
  }

  /** Nobody is waited for any more. */
  end(): void {
    this.#absence = null;
    clearTimeout(this.#timer);
  }

  #leave(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#absence) this.#timer = setTimeout(this.#absence.onAbsence, this.#absence.ms);
  }
}

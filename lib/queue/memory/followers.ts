/** Those who follow a run, and what happens when there has been none of them for a while. */
export class Followers {
  #count = 0;
  #absence: { ms: number; onAbsence: () => void } | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** Counts one more, until what is answered is called. */
  follow(): () => void {
    let following = true;
    this.#count += 1;
    clearTimeout(this.#timer);
    return () => {
      if (!following) return;
      following = false;
      this.#count -= 1;
      if (this.#count === 0) this.#wait();
    };
  }

  /** Calls `onAbsence` once there has been no follower for `ms`, counted from now if there is none. */
  whenNone(ms: number, onAbsence: () => void): void {
    this.#absence = { ms, onAbsence };
    if (this.#count === 0) this.#wait();
  }

  /** Nobody is waited for any more. */
  end(): void {
    this.#absence = null;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#absence) this.#timer = setTimeout(this.#absence.onAbsence, this.#absence.ms);
  }
}

interface Line {
  taken: number;
  waiting: (() => void)[];
}

/** So many at a time for each key. Others wait for their turn, first come first served, up to a number. */
export class Slots {
  readonly #atOnce: number;
  readonly #mayWait: number;
  readonly #lines = new Map<string, Line>();

  constructor(atOnce: number, mayWait: number) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  /**
   * Calls `begin` when it is this one's turn. Answers what gives the slot back, or gives up waiting, and does so once; `null` when too many
   * wait already.
   */
  enter(key: string, begin: () => void): (() => void) | null {
    const line = this.#lines.get(key) ?? { taken: 0, waiting: [] };
    if (line.taken >= this.#atOnce && line.waiting.length >= this.#mayWait) return null;
    this.#lines.set(key, line);
    let state: "waiting" | "in" | "out" = "waiting";
    const start = () => {
      state = "in";
      line.taken++;
      begin();
    };
    const leave = () => {
      if (state === "waiting") line.waiting.splice(line.waiting.indexOf(start), 1);
      if (state === "in") {
        line.taken--;
        line.waiting.shift()?.();
      }
      state = "out";
      if (line.taken === 0 && line.waiting.length === 0) this.#lines.delete(key);
    };
    if (line.taken < this.#atOnce) start();
    else line.waiting.push(start);
    return leave;
  }
}

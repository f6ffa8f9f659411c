/** Longer than a burst of short programs takes. Long-running programs delay a turn no further than this. */
const PATIENCE_MS = 250;

export interface TurnsOptions {
  /** Runs that are in progress. */
  inUse(): number;
  /** Processors of the machine that they run on. */
  processors(): number;
}

interface Turn {
  key: string;
  /** Makes the cell ready for another run. Never rejects. */
  take(): Promise<void>;
  timer: NodeJS.Timeout;
}

/**
 * Decides when a used cell is made ready for its next run (its turn). A turn costs about as much processor time as a short run, and no response depends
 * on it, so it is deferred while every processor is busy with runs: until one is free, a run needs the cell, or `PATIENCE_MS` have passed.
 */
export class Turns {
  readonly #options: TurnsOptions;
  /** The oldest first. */
  readonly #waiting = new Set<Turn>();
  #underway = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** A run is over; `urgent` if somebody waits for its cell. */
  add(key: string, take: () => Promise<void>, { urgent }: { urgent: boolean }): void {
    const turn: Turn = { key, take, timer: setTimeout(() => this.#begin(turn), PATIENCE_MS).unref() };
    this.#waiting.add(turn);
    if (urgent) this.#begin(turn);
    else this.consider();
  }

  /** Somebody waits for a cell of this key. */
  hurry(key: string): void {
    const oldest = [...this.#waiting].find((turn) => turn.key === key);
    if (oldest) this.#begin(oldest);
  }

  /** Processors may have become free. */
  consider(): void {
    const { inUse, processors } = this.#options;
    for (const turn of this.#waiting) {
      if (inUse() + this.#underway >= processors()) return;
      this.#begin(turn);
    }
  }

  #begin(turn: Turn): void {
    clearTimeout(turn.timer);
    this.#waiting.delete(turn);
    this.#underway++;
    void turn.take().finally(() => {
      this.#underway--;
      this.consider();
    });
  }
}

import type { Cell, Usage } from "./cell";
import { type Clock, startClock, type TimeLimit, type TimeLimits } from "./clock";

/** Why a step was ended from outside. */
export type Stop = "timeout" | "cancelled" | "output_limit";

/** Ends a step from outside when its time is over or its viewer cancels it. */
export class StepWatch {
  stopped: Stop | null = null;
  /** When it was ended, by `performance.now()`. */
  stoppedAt = 0;
  /** The limit that was reached, for `timeout`. */
  timeLimit: TimeLimit | null = null;
  over = false;
  /** What the step had used when it was stopped, and whether the kill went through. */
  usage: Promise<Usage> = Promise.resolve({ memoryBytes: null, cpuMs: null });
  killed: Promise<void> = Promise.resolve();
  readonly #cell: Cell;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.stop("cancelled");

  constructor(cell: Cell, limits: TimeLimits, signal: AbortSignal) {
    this.#cell = cell;
    this.#signal = signal;
    this.#clock = startClock(cell, limits, (limit, usage) => {
      this.timeLimit = limit;
      this.stop("timeout", usage);
    });
    if (signal.aborted) this.stop("cancelled");
    else signal.addEventListener("abort", this.#onAbort);
  }

  /** To be called at each input and output. */
  activity(): void {
    this.#clock.activity();
  }

  /** `usage` is what the step has used, if that has just been asked. */
  stop(reason: Stop, usage?: Usage): void {
    if (this.stopped || this.over) return;
    this.stopped = reason;
    this.stoppedAt = performance.now();
    this.usage = usage ? Promise.resolve(usage) : this.#cell.usage();
    const flushed = reason === "output_limit" ? Promise.resolve() : this.#cell.flush();
    this.killed = Promise.all([this.usage, flushed]).then(() =>
      this.#cell.kill(reason === "output_limit" ? "discard" : "drain"),
    );
    // Avoids an unhandled rejection; awaiters still see it.
    this.killed.catch(() => {});
  }

  end(): void {
    this.over = true;
    this.#clock.stop();
    this.#signal.removeEventListener("abort", this.#onAbort);
  }
}

import type { Cell, Step, Usage } from "./cell";
import { type Clock, startClock, type TimeLimit, type TimeLimits } from "./clock";

/** Why a step was ended from outside. */
export type Stop = "timeout" | "cancelled" | "output_limit";

/** How long a program that was ended alone may take to be gone: what is in the pipes is read, and the supervisor has its turn. */
const END_GRACE_MS = 3_000;

/** Ends a step from outside when its time is over or its viewer cancels it: with its cell, or alone where it is `endable`. */
export class StepWatch {
  stopped: Stop | null = null;
  /** When it was ended, by `performance.now()`. */
  stoppedAt = 0;
  /** The limit that was reached, for `timeout`. */
  timeLimit: TimeLimit | null = null;
  over = false;
  /** The cell has been ended with the step, or was told to. */
  cellGone = false;
  /** What the step had used when it was stopped, and whether the kill went through. */
  usage: Promise<Usage> = Promise.resolve({ memoryBytes: null, cpuMs: null });
  killed: Promise<void> = Promise.resolve();
  readonly #cell: Cell;
  readonly #endable: boolean;
  #giveUp: NodeJS.Timeout | undefined;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.stop("cancelled");

  constructor(cell: Cell, { endable }: Pick<Step, "endable">, limits: TimeLimits, signal: AbortSignal) {
    this.#cell = cell;
    this.#endable = endable;
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
    this.killed = Promise.all([this.usage, flushed]).then(() => this.#kill(reason));
    // Avoids an unhandled rejection; awaiters still see it.
    this.killed.catch(() => {});
  }

  async #kill(reason: Stop): Promise<void> {
    if (this.#endable && reason !== "cancelled") {
      // Its trailer has come meanwhile: a signal would be for the next step.
      if (this.over) return;
      if (await this.#cell.endStep()) {
        // Its stream ends in any case, and an engine that does not answer is noticed by whatever asks it next.
        const kill = () => void this.#killCell("discard").catch(() => {});
        if (!this.over) this.#giveUp = setTimeout(kill, END_GRACE_MS);
        return;
      }
    }
    await this.#killCell(reason === "output_limit" ? "discard" : "drain");
  }

  #killCell(output: "drain" | "discard"): Promise<void> {
    this.cellGone = true;
    return this.#cell.kill(output);
  }

  end(): void {
    this.over = true;
    clearTimeout(this.#giveUp);
    this.#clock.stop();
    this.#signal.removeEventListener("abort", this.#onAbort);
  }
}

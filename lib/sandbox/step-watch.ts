import type { Cell, Usage } from "./cell";

/** Why a step was ended from outside. */
export type Stop = "timeout" | "cancelled" | "output_limit";

/** Ends a step from outside when its time is over or its viewer cancels it. */
export class StepWatch {
  stopped: Stop | null = null;
  /** When that was, by `performance.now()`. */
  stoppedAt = 0;
  over = false;
  /** What the step had used when it was stopped, and whether the kill went through. */
  usage: Promise<Usage> = Promise.resolve({ memoryBytes: null, cpuMs: null });
  killed: Promise<void> = Promise.resolve();
  readonly #cell: Cell;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.stop("cancelled");

  constructor(cell: Cell, timeoutMs: number, signal: AbortSignal) {
    this.#cell = cell;
    this.#signal = signal;
    this.#timer = setTimeout(() => this.stop("timeout"), timeoutMs);
    if (signal.aborted) this.stop("cancelled");
    else signal.addEventListener("abort", this.#onAbort);
  }

  stop(reason: Stop): void {
    if (this.stopped || this.over) return;
    this.stopped = reason;
    this.stoppedAt = performance.now();
    this.usage = this.#cell.usage();
    this.killed = this.usage.then(() => this.#cell.kill(reason === "output_limit" ? "discard" : "drain"));
    // Avoids an unhandled rejection; awaiters still see it.
    this.killed.catch(() => {});
  }

  end(): void {
    this.over = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener("abort", this.#onAbort);
  }
}

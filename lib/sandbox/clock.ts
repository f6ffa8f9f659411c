import type { AttendedLimits, StageLimits } from "../schemas/run-limits";
import type { Cell, Usage } from "./cell";

/**
 * The time limit that ended a step: `wall` is the stage's. A run that a person types into has three others: processor time,
 * idle time (without input or output), and wall-clock time in total.
 */
export type TimeLimit = "wall" | "processor" | "idle" | "total";

/** The time limits of one step. */
export interface TimeLimits {
  stage: StageLimits;
  /** `null` when `stage.timeoutMs` is wall-clock time. */
  attended: AttendedLimits | null;
  /** A limit of processor time beside the wall clock's, in milliseconds; `null` for none. Not of a run with `attended`. */
  processorMs: number | null;
  /** Processor time in milliseconds that earlier steps of the cell have used. */
  spentMs: number;
}

/** Watches the time of one step. */
export interface Clock {
  /** To be called at each input and output. */
  activity(): void;
  stop(): void;
}

/** Called when the first limit is reached, with what the step has used if that is known. */
type Reached = (limit: TimeLimit, usage?: Usage) => void;

/** Node's timers go by whole milliseconds and may be up to one early. No program is ended before its time. */
const TIMER_EARLY_MS = 1;

/** Starts the clock of a step. Calls `reached` at most once. */
export function startClock(cell: Cell, limits: TimeLimits, reached: Reached): Clock {
  if (limits.attended) return new AttendedClock(cell, limits, limits.attended, reached);
  let processor: ProcessorClock | null = null;
  const timer = setTimeout(() => {
    processor?.stop();
    reached("wall");
  }, limits.stage.timeoutMs + TIMER_EARLY_MS);
  const stop = () => {
    clearTimeout(timer);
    processor?.stop();
  };
  if (limits.processorMs !== null) {
    processor = new ProcessorClock(cell, limits, limits.processorMs, (usage) => {
      stop();
      reached("processor", usage);
    });
  }
  return { activity() {}, stop };
}

/** Processor time that a cell may have used before its first step, which is not the program's. */
const STARTUP_MS = 100;
/** Shortest interval between two checks of the processor time. */
const MIN_CHECK_MS = 200;
/** Interval after a check that got no figure. Each process also has a limit of its own (`Step.cpuSeconds`). */
const RECHECK_MS = 5_000;

/** Watches the processor time of a step. Asking the engine costs time, so it is not done before the limit can have been reached. */
class ProcessorClock {
  readonly #cell: Cell;
  readonly #limits: TimeLimits;
  readonly #limitMs: number;
  readonly #reached: (usage: Usage) => void;
  #timer: NodeJS.Timeout;
  #stopped = false;

  constructor(cell: Cell, limits: TimeLimits, limitMs: number, reached: (usage: Usage) => void) {
    this.#cell = cell;
    this.#limits = limits;
    this.#limitMs = limitMs;
    this.#reached = reached;
    this.#timer = this.#checkAfter(limitMs / limits.stage.cpus);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #checkAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#check(), Math.max(MIN_CHECK_MS, ms));
  }

  async #check(): Promise<void> {
    const usage = await this.#cell.usage();
    if (this.#stopped) return;
    if (usage.cpuMs === null) {
      this.#timer = this.#checkAfter(RECHECK_MS);
      return;
    }
    const leftMs = this.#limitMs + STARTUP_MS - (usage.cpuMs - this.#limits.spentMs);
    if (leftMs <= 0) this.#reached(usage);
    else this.#timer = this.#checkAfter(leftMs / this.#limits.stage.cpus);
  }
}

/** The clock of a run that a person types into. */
class AttendedClock implements Clock {
  readonly #attended: AttendedLimits;
  readonly #reached: Reached;
  readonly #total: NodeJS.Timeout;
  readonly #processor: ProcessorClock;
  #idle: NodeJS.Timeout;
  #activeAt = performance.now();

  constructor(cell: Cell, limits: TimeLimits, attended: AttendedLimits, reached: Reached) {
    this.#attended = attended;
    this.#reached = reached;
    this.#total = setTimeout(() => this.#reach("total"), attended.totalMs + TIMER_EARLY_MS);
    this.#idle = setTimeout(() => this.#checkActivity(), attended.idleMs);
    this.#processor = new ProcessorClock(cell, limits, limits.stage.timeoutMs, (usage) =>
      this.#reach("processor", usage),
    );
  }

  activity(): void {
    this.#activeAt = performance.now();
  }

  stop(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#idle);
    this.#processor.stop();
  }

  #reach(limit: TimeLimit, usage?: Usage): void {
    this.stop();
    this.#reached(limit, usage);
  }

  #checkActivity(): void {
    const leftMs = this.#activeAt + this.#attended.idleMs - performance.now();
    if (leftMs <= 0) this.#reach("idle");
    else this.#idle = setTimeout(() => this.#checkActivity(), leftMs);
  }
}

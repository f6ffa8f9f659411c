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
  const timer = setTimeout(() => reached("wall"), limits.stage.timeoutMs + TIMER_EARLY_MS);
  return { activity() {}, stop: () => clearTimeout(timer) };
}

/** Processor time that a cell may have used before its first step, which is not the program's. */
const STARTUP_MS = 100;
/** Shortest interval between two checks of the processor time. */
const MIN_CHECK_MS = 200;
/** Interval after a check that got no figure. Each process also has a limit of its own (`Step.cpuSeconds`). */
const RECHECK_MS = 5_000;

/** The clock of a run that a person types into. */
class AttendedClock implements Clock {
  readonly #cell: Cell;
  readonly #limits: TimeLimits;
  readonly #attended: AttendedLimits;
  readonly #reached: Reached;
  readonly #total: NodeJS.Timeout;
  #idle: NodeJS.Timeout;
  #processor: NodeJS.Timeout;
  #activeAt = performance.now();
  #stopped = false;

  constructor(cell: Cell, limits: TimeLimits, attended: AttendedLimits, reached: Reached) {
    this.#cell = cell;
    this.#limits = limits;
    this.#attended = attended;
    this.#reached = reached;
    this.#total = setTimeout(() => this.#reach("total"), attended.totalMs + TIMER_EARLY_MS);
    this.#idle = setTimeout(() => this.#checkActivity(), attended.idleMs);
    this.#processor = this.#checkAfter(limits.stage.timeoutMs / limits.stage.cpus);
  }

  activity(): void {
    this.#activeAt = performance.now();
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of [this.#total, this.#idle, this.#processor]) clearTimeout(timer);
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

  /** Asking the engine costs time, so this is not done before the limit can have been reached. */
  #checkAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#checkProcessor(), Math.max(MIN_CHECK_MS, ms));
  }

  async #checkProcessor(): Promise<void> {
    const { stage, spentMs } = this.#limits;
    const usage = await this.#cell.usage();
    if (this.#stopped) return;
    if (usage.cpuMs === null) {
      this.#processor = this.#checkAfter(RECHECK_MS);
      return;
    }
    const leftMs = stage.timeoutMs + STARTUP_MS - (usage.cpuMs - spentMs);
    if (leftMs <= 0) this.#reach("processor", usage);
    else this.#processor = this.#checkAfter(leftMs / stage.cpus);
  }
}

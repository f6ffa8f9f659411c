import type { AttendedLimits, StageLimits } from "../schemas/limits";
import type { Cell, Usage } from "./cell";

/**
 * The limit of time that ended a step: wall-clock time, or, for a run that a person types into, processor time, time without
 * input or output, or wall-clock time in all.
 */
export type TimeLimit = "wall" | "processor" | "idle" | "total";

/** What holds a step in time. */
export interface TimeLimits {
  stage: StageLimits;
  /** `null` when `stage.timeoutMs` is wall-clock time. */
  attended: AttendedLimits | null;
  /** Processor time in milliseconds that earlier steps of the cell have used. */
  spentMs: number;
}

/** Watches the time of one step. */
export interface Clock {
  /** To be called when there is input or output. */
  activity(): void;
  stop(): void;
}

/** Told of the first limit that is reached, and of what the step has used by then when that is known. */
type Reached = (limit: TimeLimit, usage?: Usage) => void;

/** Starts the clock of a step; `reached` is called once at most. */
export function startClock(cell: Cell, limits: TimeLimits, reached: Reached): Clock {
  if (limits.attended) return new AttendedClock(cell, limits, limits.attended, reached);
  const timer = setTimeout(() => reached("wall"), limits.stage.timeoutMs);
  return { activity() {}, stop: () => clearTimeout(timer) };
}

/** What making a cell may have used of the processor before its first step, which is not the program's. */
const STARTUP_MS = 100;
/** Shortest pause between two looks at the processor time. */
const LOOK_AGAIN_MS = 200;
/** Pause after a look that found no figure. Each process also has a limit of its own (`Step.cpuSeconds`). */
const RETRY_LOOK_MS = 5_000;

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
    this.#total = setTimeout(() => this.#reach("total"), attended.totalMs);
    this.#idle = setTimeout(() => this.#lookAtActivity(), attended.idleMs);
    this.#processor = this.#lookAfter(limits.stage.timeoutMs / limits.stage.cpus);
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

  #lookAtActivity(): void {
    const leftMs = this.#activeAt + this.#attended.idleMs - performance.now();
    if (leftMs <= 0) this.#reach("idle");
    else this.#idle = setTimeout(() => this.#lookAtActivity(), leftMs);
  }

  /** Processor time costs the engine a question, so it is asked for no earlier than the limit could have been reached. */
  #lookAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#lookAtProcessor(), Math.max(LOOK_AGAIN_MS, ms));
  }

  async #lookAtProcessor(): Promise<void> {
    const { stage, spentMs } = this.#limits;
    const usage = await this.#cell.usage();
    if (this.#stopped) return;
    if (usage.cpuMs === null) {
      this.#processor = this.#lookAfter(RETRY_LOOK_MS);
      return;
    }
    const leftMs = stage.timeoutMs + STARTUP_MS - (usage.cpuMs - spentMs);
    if (leftMs <= 0) this.#reach("processor", usage);
    else this.#processor = this.#lookAfter(leftMs / stage.cpus);
  }
}

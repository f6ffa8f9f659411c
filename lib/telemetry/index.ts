import type { ErrorCode } from "../errors";
import type { RunJob } from "../queue";
import type { Isolation, RunStatus } from "../schemas/run";

/**
 * The parts of a run's way that are timed. `wait` begins where `queuedMs` does, when the run is taken out of its quota, and ends with its turn;
 * `sandbox` is until the first stage begins: image, container, limits; `record` is until its end is written and room is made for it.
 */
export const RUN_STAGES = ["accept", "wait", "sandbox", "compile", "run", "record"] as const;
export type RunStage = (typeof RUN_STAGES)[number];

/** How a run ended; `isolation` is `null` where a fault of ours kept it from starting. */
export interface RunEnd {
  status: RunStatus;
  isolation: Isolation | null;
}

/** Is told how the execution of one run goes. Times are taken when it is told. */
export interface RunWatch {
  /** This stage begins, and the one before ends. */
  stage(stage: Exclude<RunStage, "accept" | "wait">): void;
  /** The last stage ends, and the run with it. To be called once. */
  end(end: RunEnd): void;
  /** Another process goes on with the run, and tells how it ended. In place of `end`. */
  leave(): void;
}

/** What the use-cases of runs tell of themselves. */
export interface RunTelemetry {
  /** Accepts a run by `work`, which is given what its job is to carry as `trace`. Rejects as `work` does. */
  accepting<T>(work: (trace: string | undefined) => Promise<T>): Promise<T>;
  /** A job has its turn, or was cancelled before it. */
  executing(job: RunJob): RunWatch;
}

/** Where nobody wants to know. */
export const UNWATCHED: RunTelemetry = {
  accepting: (work) => work(undefined),
  executing: () => ({ stage() {}, end() {}, leave() {} }),
};

/** What the metrics are told of runs. Durations in milliseconds. */
export interface RunMeter {
  began(): void;
  stage(stage: RunStage, ms: number): void;
  ended(language: string, end: RunEnd): void;
  /** A run that began is another process's now. */
  left(): void;
  refused(code: ErrorCode): void;
}

/** A part of a trace that has begun. */
export interface Span {
  /** Its name among traces, as in W3C's header of that name. */
  readonly traceparent: string;
  /** Ends it, now if no time is given. `failed` by a fault of ours. */
  end(how?: { atMs?: number; failed?: boolean; attributes?: SpanAttributes }): void;
}

/** Never user data: ids, words of closed lists, numbers. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

export interface SpanOptions {
  /** A `traceparent`; begins a trace of its own with what is none. */
  parent?: string | null | undefined;
  /** In milliseconds since the epoch; now where it is left out. */
  atMs?: number | undefined;
  attributes?: SpanAttributes;
}

/** Where traces go. Never fails: what cannot be sent is dropped. */
export interface Tracing {
  begin(name: string, options?: SpanOptions): Span;
  /** Sends what is not sent yet, for at most 2 s. */
  close(): Promise<void>;
}

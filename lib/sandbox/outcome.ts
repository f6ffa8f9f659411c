import type { Isolation, RunStatus, Stage } from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";
import { SKIPPED } from "../schemas/run-test";
import type { Cell, Trailer } from "./cell";
import type { TimeLimit } from "./clock";
import type { OutputCollector } from "./output";
import type { RunOutcome, RunSpec } from "./sandbox";

/** How a step ended. `trailer` is `null` when the cell ended before it came. */
export interface StepEnd {
  status: RunStatus;
  trailer: Trailer | null;
  exitCode: number | null;
  signal: string | null;
  /** The limit that was reached, for `timeout`. */
  timeLimit: TimeLimit | null;
  durationMs: number;
  cpuMs: number | null;
  memoryBytes: number | null;
}

export const NOTHING_YET: StepEnd = {
  status: "success",
  trailer: null,
  exitCode: null,
  signal: null,
  timeLimit: null,
  durationMs: 0,
  cpuMs: 0,
  memoryBytes: 0,
};

/** Adds a test's end to the run's, whose status is that of its first test without success. */
export function addTo(total: StepEnd, end: StepEnd): void {
  total.trailer = end.trailer;
  if (total.status === "success") {
    total.status = end.status;
    total.exitCode = end.exitCode;
    total.signal = end.signal;
    total.timeLimit = end.timeLimit;
  }
  total.durationMs += end.durationMs;
  // One unknown figure makes the sum and the peak unknown: the known rest would be too low.
  total.cpuMs = total.cpuMs === null || end.cpuMs === null ? null : total.cpuMs + end.cpuMs;
  total.memoryBytes =
    total.memoryBytes === null || end.memoryBytes === null
      ? null
      : Math.max(total.memoryBytes, end.memoryBytes);
}

export function programOutput(end: StepEnd, output: OutputCollector): RunOutcome["output"] {
  const { order } = output;
  return {
    stdout: output.text("stdout"),
    stderr: output.text("stderr"),
    exitCode: end.exitCode,
    signal: end.signal,
    truncated: output.truncated,
    ...(order && { order }),
  };
}

export function compileResult(end: StepEnd, output: OutputCollector): NonNullable<RunOutcome["compile"]> {
  return {
    stdout: output.text("stdout"),
    stderr: output.text("stderr"),
    exitCode: end.exitCode,
    durationMs: round(end.durationMs),
  };
}

export function compileFailed(
  cell: Pick<Cell, "image" | "isolation">,
  spec: RunSpec,
  end: StepEnd,
  output: OutputCollector,
): RunOutcome {
  const status = end.status === "error" ? "compile_error" : end.status;
  return {
    status,
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: output.truncated },
    compile: compileResult(end, output),
    durationMs: 0,
    cpuMs: end.cpuMs && round(end.cpuMs),
    memoryUsed: end.memoryBytes,
    isolation: cell.isolation,
    tests: spec.tests.map(() => SKIPPED),
    artifacts: [],
    image: cell.image,
    message: messageOf({ ...end, status }, "compile", spec.limits),
  };
}

/** Explains to the viewer how a stage ended; `null` where the program's own output does. */
export function messageOf(
  { status, timeLimit }: Pick<StepEnd, "status" | "timeLimit">,
  stage: Stage,
  limits: RunLimits,
): string | null {
  const what = stage === "compile" ? "The compiler" : "The program";
  const memory = Math.round(limits[stage].memoryBytes / 1_048_576);
  const { outputBytes } = limits;
  const output =
    outputBytes < 1_024
      ? `${outputBytes} bytes`
      : `${Math.round(outputBytes / 1_024).toLocaleString("en")} KB`;
  switch (status) {
    case "timeout":
      return `${what} was stopped after ${timeReached(timeLimit, stage, limits)}.`;
    case "memory_limit":
      return `${what} needed more than ${memory} MB of memory and was ended by the kernel.`;
    case "output_limit":
      return `${what} printed more than ${output}; what came before is kept.`;
    case "system_error":
      return "The sandbox ended unexpectedly, which is our fault and not counted. Run it again.";
    default:
      return null;
  }
}

function timeReached(
  limit: TimeLimit | null,
  stage: Stage,
  { attended, processor, ...limits }: RunLimits,
): string {
  const asked = stage === "compile" ? processor?.compileMs : processor?.runMs;
  const own = duration(limits[stage].timeoutMs);
  switch (limit) {
    case "processor":
      if (!attended || stage === "compile")
        return `it had used ${duration(asked ?? 0)} of processor time, the limit of this run`;
      return `it had used ${own} of processor time, the limit of a run with typed input`;
    case "idle":
      return `${duration(attended?.idleMs ?? 0)} without input or output`;
    case "total":
      return `${duration(attended?.totalMs ?? 0)}, the longest that a run with typed input may take`;
    default:
      return `${own}, the limit of wall-clock time`;
  }
}

/** Whole minutes in minutes, everything else in seconds. */
export function duration(ms: number): string {
  return ms >= 60_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}

/** Tenths of a millisecond: finer would be noise. */
export function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** The outcome of a run that was cancelled while it waited for its image or its cell. */
export function cancelledBefore(spec: RunSpec, isolation: Isolation): RunOutcome {
  return {
    status: "cancelled",
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false },
    compile: null,
    durationMs: 0,
    cpuMs: 0,
    memoryUsed: 0,
    isolation,
    tests: spec.tests.map(() => SKIPPED),
    artifacts: [],
    image: null,
    message: null,
  };
}

import { AppError } from "../errors";
import type { Attempt } from "../queue";
import type { RunOutcome } from "../sandbox/sandbox";
import type { RunRequest, Stage } from "../schemas/run";
import { SKIPPED, type TestResult } from "../schemas/run-test";
import type { Printed } from "./events";

type OwnStatus = "cancelled" | "system_error";

/** The outcome of a run whose program did nothing. */
export function neverStarted(request: RunRequest, status: OwnStatus, message: string | null): RunOutcome {
  return {
    status,
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false },
    compile: null,
    durationMs: 0,
    cpuMs: 0,
    memoryUsed: 0,
    isolation: "container",
    tests: request.tests.map(() => SKIPPED),
    artifacts: [],
    image: null,
    message,
  };
}

export interface BrokenOff {
  /** The stage that was running, and for how long. */
  stage: Stage;
  elapsedMs: number;
  compiled: boolean;
  printed: (stage: Stage) => Printed;
  /** The results of the test cases that had ended, by their place. */
  tests: ReadonlyMap<number, TestResult>;
}

/** The best known outcome of a run whose sandbox did not report one. Everything that it had printed is kept. */
export function brokenOff(
  request: RunRequest,
  { stage, elapsedMs, compiled, printed, tests }: BrokenOff,
  status: OwnStatus,
  message: string | null,
): RunOutcome {
  const inCompile = stage === "compile";
  const { stdout, stderr } = printed("compile");
  return {
    ...neverStarted(request, status, message),
    output: { ...printed("run"), exitCode: null, signal: null, truncated: false },
    compile:
      inCompile || compiled
        ? { stdout, stderr, exitCode: inCompile ? null : 0, durationMs: inCompile ? elapsedMs : 0 }
        : null,
    durationMs: inCompile ? 0 : elapsedMs,
    tests: request.tests.map((_, index) => tests.get(index) ?? SKIPPED),
  };
}

/** More workers than this may not be lost over one run: it may be what kills them. */
const MOST_ATTEMPTS = 2;

/**
 * Why a run whose worker was lost is not begun anew, `null` where it is: without a network or a trace outside its sandbox, a program may as well
 * run twice, but not one that was told something which the new one would not hear.
 */
export function endOfRetries({ number, heard }: Attempt): string | null {
  if (number > MOST_ATTEMPTS) {
    return "The machine that ran this program was lost, and so was the next one; the run was given up and not counted.";
  }
  if (number > 1 && heard) {
    return "The machine that ran this program was lost after you had typed into it; the run was not counted, start it again.";
  }
  return null;
}

/** The outcome of a run that ended only because its server did. */
export function interrupted(outcome: RunOutcome): RunOutcome {
  const message = "The server was stopped before the program had ended; run it again.";
  return { ...outcome, status: "system_error", message };
}

/** What a viewer is told of a fault on our side. Leaves the cause out: it is logged where it happened. */
export function publicFault(cause: unknown): AppError {
  if (!(cause instanceof AppError)) {
    return new AppError("internal", "Something broke on the server and the program was not run; try again.");
  }
  const { code, message, details, headers, retryAfterS } = cause;
  return new AppError(code, message, {
    details,
    headers,
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  });
}

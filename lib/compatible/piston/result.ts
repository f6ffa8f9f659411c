import { inOrder } from "../../schemas/output-order";
import type { RunResult } from "../../schemas/run";
import type { Runtime } from "./runtimes";

/** How a stage ended, in Piston's words. Memory in bytes, times in milliseconds; `null` where it is not known. */
export interface Stage {
  signal: string | null;
  stdout: string;
  stderr: string;
  code: number | null;
  /** Both streams in the order in which they were written. */
  output: string;
  memory: number | null;
  message: string | null;
  status: Status | null;
  cpu_time: number | null;
  wall_time: number | null;
}

/** Runtime error, ended by a signal, time, output (`EL`, for stderr alone, is not told apart here), a fault of the sandbox. */
export type Status = "RE" | "SG" | "TO" | "OL" | "XX";

type Ending = Pick<Stage, "signal" | "code" | "message" | "status">;

/** The answer to `execute`. */
export interface Executed {
  run: Stage;
  compile?: Stage;
  language: string;
  version: string;
}

export function executed(
  result: RunResult,
  { language, version }: Pick<Runtime, "language" | "version">,
): Executed {
  const { compile: compiler, output } = result;
  const failed = compileFailed(result);
  const figures = { memory: result.memoryUsed, cpu_time: result.cpuMs };
  const compile = compiler && {
    ...(failed
      ? endingOf(result, compiler.exitCode, output.signal)
      : endingOf({ status: "success" }, 0, null)),
    ...textsOf(compiler),
    // Only of a compiler that was the last to run are the figures known.
    ...(failed ? figures : { memory: null, cpu_time: null }),
    wall_time: compiler.durationMs,
  };
  const run =
    failed && compile
      ? { ...compile }
      : {
          ...endingOf(result, output.exitCode, output.signal),
          ...textsOf(output),
          ...figures,
          wall_time: result.durationMs,
        };
  return { run, ...(compile ? { compile } : {}), language, version };
}

/** Whether the program was not started because its compiler had not ended well. */
export function compileFailed({ compile }: Pick<RunResult, "compile">): boolean {
  return compile !== null && compile.exitCode !== 0;
}

/** How the stage that a run ended in has ended. */
export function endingOf(
  { status, message = null }: Pick<RunResult, "status"> & { message?: string | null },
  exitCode: number | null,
  signal: string | null,
): Ending {
  const killed = { signal: "SIGKILL", code: null };
  switch (status) {
    case "success":
      return { signal: null, code: exitCode, message: null, status: null };
    case "timeout":
      return { ...killed, message: "Time limit exceeded", status: "TO" };
    case "output_limit":
      return { ...killed, message: "stdout length exceeded", status: "OL" };
    case "memory_limit":
      return { ...killed, message: "Memory limit exceeded", status: "SG" };
    case "cancelled":
      return { ...killed, message: "The run was cancelled", status: "SG" };
    case "system_error":
      return { ...killed, message, status: "XX" };
    default:
      return signal === null
        ? {
            signal,
            code: exitCode,
            message: `Exited with error status ${exitCode ?? "unknown"}`,
            status: "RE",
          }
        : { signal, code: null, message: `Caught fatal signal ${signal}`, status: "SG" };
  }
}

function textsOf(printed: { stdout: string; stderr: string; order?: readonly number[] | undefined }) {
  const { stdout, stderr } = printed;
  const output = inOrder(printed)
    .map(({ text }) => text)
    .join("");
  return { stdout, stderr, output };
}

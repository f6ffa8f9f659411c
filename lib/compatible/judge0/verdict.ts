import os from "node:os";
import type { RunDetail } from "../../schemas/history";
import { inOrder } from "../../schemas/output-order";
import type { Asked } from "./asked";
import { MULTI_FILE_ID } from "./languages";
import { compileFailed } from "./multi-file";
import { type StatusId, statusOfSignal } from "./statuses";

/** How one run of a submission went, as Judge0 says it. Milliseconds and bytes; a stream without anything is `null`. */
export interface Verdict {
  status: StatusId;
  stdout: string | null;
  stderr: string | null;
  compileOutput: string | null;
  message: string | null;
  exitCode: number | null;
  exitSignal: number | null;
  cpuMs: number | null;
  wallMs: number | null;
  memoryBytes: number | null;
}

/** What `verdictOf` needs to know of a run. */
export type JudgedRun = Pick<
  RunDetail,
  "id" | "status" | "output" | "compile" | "durationMs" | "cpuMs" | "memoryUsed" | "message"
>;

export type Judgement = Pick<
  Asked,
  "language_id" | "expected_output" | "cpu_time_limit" | "redirect_stderr_to_stdout"
>;

const NOTHING: Verdict = {
  ...{ status: 13, stdout: null, stderr: null, compileOutput: null, message: null },
  ...{ exitCode: null, exitSignal: null, cpuMs: null, wallMs: null, memoryBytes: null },
};

/** The verdict of a run that has not ended. */
export function pending(begun: boolean): Verdict {
  return { ...NOTHING, status: begun ? 2 : 1 };
}

/** The verdict of a run that has ended. */
export function verdictOf(run: JudgedRun, asked: Judgement): Verdict {
  const { status, compile, output, durationMs, cpuMs, memoryUsed, message } = run;
  if (status === "cancelled" || status === "system_error")
    return { ...NOTHING, ...streams(run, asked), message };
  const notCompiled = compileOutputOf(run, asked);
  if (notCompiled !== null) return { ...NOTHING, status: 6, compileOutput: orNull(notCompiled) };
  return {
    ...streams(run, asked),
    compileOutput: compile ? orNull(compile.stdout + compile.stderr) : null,
    exitCode: output.exitCode ?? 0,
    exitSignal: output.signal === null ? null : signalNumber(output.signal),
    cpuMs,
    wallMs: durationMs,
    memoryBytes: memoryUsed,
    ...ending(run, asked),
  };
}

/** What the compiler said of a program that it did not compile; `null` where it did, or there is none. */
function compileOutputOf({ id, status, compile, output }: JudgedRun, asked: Judgement): string | null {
  if (asked.language_id === MULTI_FILE_ID)
    return output.stdout === compileFailed(id) && output.exitCode === 1 ? output.stderr : null;
  if (status === "compile_error" && !compile) return "";
  if (!compile || (status !== "compile_error" && compile.exitCode === 0)) return null;
  if (status === "timeout") return "Compilation time limit exceeded.";
  const said = compile.stdout + compile.stderr;
  return status === "memory_limit" ? `${said}Compilation memory limit exceeded.` : said;
}

function streams({ output }: JudgedRun, { redirect_stderr_to_stdout }: Judgement) {
  if (!redirect_stderr_to_stdout)
    return { ...NOTHING, stdout: orNull(output.stdout), stderr: orNull(output.stderr) };
  const all = inOrder(output).map(({ text }) => text);
  return { ...NOTHING, stdout: orNull(all.join("")) };
}

/** Status and message, as isolate words it. */
function ending(run: JudgedRun, asked: Judgement): Partial<Verdict> {
  const { status, output, cpuMs } = run;
  const overTime = cpuMs !== null && cpuMs > asked.cpu_time_limit * 1_000;
  switch (status) {
    case "success":
      // Within its extra time a program may go on, but has missed its limit all the same.
      if (overTime) return { status: 5, message: "Time limit exceeded" };
      return { status: isExpected(run, asked) ? 3 : 4 };
    case "timeout":
      return { status: 5, message: overTime ? "Time limit exceeded" : "Time limit exceeded (wall clock)" };
    case "memory_limit":
      return { status: 11, message: "Memory limit exceeded" };
    case "output_limit":
      return { status: 8, message: "Output limit exceeded" };
    default:
      if (output.signal === null)
        return { status: 11, message: `Exited with error status ${output.exitCode ?? 0}` };
      return {
        status: statusOfSignal(output.signal),
        message: `Caught fatal signal ${signalNumber(output.signal)}`,
      };
  }
}

function isExpected(run: JudgedRun, asked: Judgement): boolean {
  if (asked.expected_output === null) return true;
  const { stdout } = streams(run, asked);
  return comparable(asked.expected_output) === comparable(stdout ?? "");
}

/**
 * What Judge0 compares: white space at the ends of lines, and at the end of the text, does not count. By hand: a pattern for white space at
 * the end takes quadratic time for a line of white space.
 */
export function comparable(text: string): string {
  return stripEnd(text.split("\n").map(stripEnd).join("\n"));
}

/** Ruby's `rstrip`: white space of ASCII, and NUL. */
const STRIPPED = " \t\n\v\f\r\0";

function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && STRIPPED.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * The verdicts of a submission's runs, for `together`, with that of its next run. Of all of them only the one that is shown then keeps its
 * texts, which may be megabytes.
 */
export function withVerdict(before: readonly Verdict[], next: Verdict): Verdict[] {
  return before.every(({ status }) => status === 3)
    ? [...before.map(withoutTexts), next]
    : [...before, withoutTexts(next)];
}

function withoutTexts(verdict: Verdict): Verdict {
  return { ...verdict, stdout: null, stderr: null, compileOutput: null };
}

/**
 * One verdict of all runs of a submission, in their order: how the first went that was not accepted, with the averages up to it, as Judge0,
 * which stops there, would have it.
 */
export function together(verdicts: readonly Verdict[]): Verdict {
  const running = verdicts.filter(({ status }) => status <= 2);
  if (running.length > 0) return pending(verdicts.some(({ status }) => status !== 1));
  const failed = verdicts.findIndex(({ status }) => status !== 3);
  const counted = failed < 0 ? verdicts : verdicts.slice(0, failed + 1);
  const last = counted.at(-1) ?? NOTHING;
  return {
    ...last,
    cpuMs: last.cpuMs === null ? null : average(counted.map(({ cpuMs }) => cpuMs)),
    memoryBytes: last.memoryBytes === null ? null : average(counted.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** Of the figures that are known. */
function average(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : known.reduce((sum, figure) => sum + figure, 0) / known.length;
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

function signalNumber(signal: string): number | null {
  return Object.entries(os.constants.signals).find(([name]) => name === signal)?.[1] ?? null;
}

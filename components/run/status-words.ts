import type { UNREACHABLE } from "@/lib/client/api";
import { formatBytes, formatDuration } from "@/lib/client/format";
import type { RunFailure, RunPhase } from "@/lib/client/run-state";
import type { ErrorCode } from "@/lib/schemas/error";
import type { StoredStatus } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { RunResult, RunStatus } from "@/lib/schemas/run";
import type { TestCounts } from "@/lib/schemas/run-test";
import { countTests } from "@/lib/schemas/test-counts";

/** Semantic colour of a status or message. */
export type Tone = "neutral" | "good" | "bad" | "warn";

export interface StatusWords {
  label: string;
  tone: Tone;
}

/** The label of each final status. */
export const STATUS_WORDS: Readonly<Record<RunStatus, StatusWords>> = {
  success: { label: "Success", tone: "good" },
  error: { label: "Error", tone: "bad" },
  compile_error: { label: "Compile error", tone: "bad" },
  timeout: { label: "Timed out", tone: "warn" },
  memory_limit: { label: "Out of memory", tone: "warn" },
  output_limit: { label: "Too much output", tone: "warn" },
  cancelled: { label: "Stopped", tone: "neutral" },
  system_error: { label: "System error", tone: "bad" },
};

/** The label of a stored run, which may still be running. */
export function storedStatusWords(status: StoredStatus): StatusWords {
  return status === "running" ? { label: "Running…", tone: "neutral" } : STATUS_WORDS[status];
}

/** Ends that are no test's, whatever became of the tests. */
const ENDED_OTHERWISE: ReadonlySet<StoredStatus> = new Set([
  "running",
  "compile_error",
  "cancelled",
  "system_error",
] as const);

/** The label of a stored run, which for one with test cases is how they ended: "1 of 2 failed". */
export function runWords({ status, tests }: { status: StoredStatus; tests: TestCounts | null }): StatusWords {
  if (tests === null || ENDED_OTHERWISE.has(status)) return storedStatusWords(status);
  const { passed, failed, skipped } = tests;
  const total = passed + failed + skipped;
  if (failed > 0) return { label: `${failed} of ${total} failed`, tone: "bad" };
  if (skipped > 0) return { label: `${skipped} of ${total} skipped`, tone: "warn" };
  return { label: total === 1 ? "Test passed" : `All ${total} passed`, tone: "good" };
}

/** The label of the live status line. */
export function phaseWords(phase: RunPhase, stopping: boolean): StatusWords {
  if (phase.name === "done") {
    const { status, tests } = phase.result;
    return runWords({ status, tests: countTests(tests) });
  }
  if (phase.name === "failed") return { label: "Not run", tone: "bad" };
  if (phase.name === "idle") return { label: "Ready", tone: "neutral" };
  if (phase.name === "loading") return { label: "Loading…", tone: "neutral" };
  if (stopping) return { label: "Stopping…", tone: "neutral" };
  if (phase.name === "starting") return { label: "Starting…", tone: "neutral" };
  if (phase.name === "queued") {
    const label = phase.position > 0 ? `Waiting, number ${phase.position} in line…` : "Starting…";
    return { label, tone: "neutral" };
  }
  if (phase.name === "preparing") return { label: "Preparing…", tone: "neutral" };
  return { label: phase.stage === "compile" ? "Compiling…" : "Running…", tone: "neutral" };
}

/** What common signals mean, in the words of somebody writing a program. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGSEGV: "it touched memory that is not its own (segmentation fault)",
  SIGABRT: "it gave up by calling abort, often after a failed check",
  SIGFPE: "it made an arithmetic mistake, such as dividing by zero",
  SIGILL: "it came to an instruction that does not exist",
  SIGBUS: "it used memory in a way the machine does not allow",
  SIGKILL: "it was killed",
  SIGTERM: "it was told to end",
  SIGPIPE: "it wrote to a pipe that nobody reads",
  SIGTRAP: "it stopped at a trap, often a failed assertion",
  SIGSYS: "it made a system call that the sandbox forbids",
};

/** The limits of both stages; `null` when unknown. */
type KnownLimits = Pick<LanguageInfo["limits"], "compile" | "run"> | null;

/** A sentence that explains the status where it needs one, else `null`. A message from the server takes precedence. */
export function explain(
  result: Pick<RunResult, "message" | "status" | "output" | "compile">,
  known: KnownLimits,
): string | null {
  if (result.message) return result.message;
  const { signal, exitCode } = result.output;
  const compiling = result.compile !== null && result.compile.exitCode !== 0;
  const limits = (compiling ? known?.compile : null) ?? known?.run;
  switch (result.status) {
    case "success":
      return null;
    case "error":
      return signal
        ? `The program was ended by ${signal}: ${SIGNALS[signal] ?? "a signal of its own"}.`
        : null;
    case "compile_error":
      return `The compiler found errors${exitCode === null ? ", so the program was not started" : ""}.`;
    case "timeout":
      return `Stopped at its time limit${limits ? ` (${formatDuration(limits.timeoutMs)})` : ""}. What it had printed is kept.`;
    case "memory_limit":
      return `It needed more than the ${limits ? formatBytes(limits.memoryBytes) : "memory"} it may use. What it had printed is kept.`;
    case "output_limit":
      return "It printed more than 1 MB. The first part is kept below; then the program was stopped.";
    case "cancelled":
      return "You stopped this run. What it had printed is kept.";
    case "system_error":
      return "This was not your program's fault, and the run does not count. Try again; if it stays, ask who runs this server.";
  }
}

/** How much input a program had that asked for more; `lines` counts them. */
export function inputEndedWords(lines: number): string {
  const had = lines === 0 ? "none" : lines === 1 ? "1 line" : `${lines.toLocaleString("en")} lines`;
  return `The program asked for more input than there was: ${had}.`;
}

/** How a run ended, for screen readers: what the status word leaves out. */
export function endWords(
  result: Pick<RunResult, "status" | "output" | "compile" | "durationMs" | "artifacts">,
): string {
  const { exitCode } = result.output;
  const ended = [
    ...(result.status === "compile_error" || exitCode === null ? [] : [`exit code ${exitCode}`]),
    ...(result.status === "compile_error" ? [] : [`after ${formatDuration(result.durationMs)}`]),
  ];
  const files = result.artifacts.length;
  const left = files === 0 ? "" : ` It left ${files === 1 ? "a file" : `${files} files`}.`;
  return `The run has ended${ended.length === 0 ? "" : `: ${ended.join(", ")}`}.${left}`;
}

/** For codes where only the message tells the reason. */
const NOT_RUN = "The run did not take place";

/** A title for every error code: a new code does not compile without one. */
const FAILURE_TITLES: Readonly<Record<ErrorCode | typeof UNREACHABLE, string>> = {
  invalid_request: "The server did not accept this",
  invalid_json: "The server did not accept this",
  unauthorized: "You are not signed in",
  forbidden: "You are not allowed to do this",
  two_factor_required: "A code is needed too",
  two_factor_setup_required: "Two-factor sign-in is needed for this",
  confirmation_required: "Your password is needed again",
  plan_forbids: "Your plan does not include this",
  not_found: "The server does not have this",
  method_not_allowed: "The server did not accept this",
  request_timeout: "The request took too long to arrive",
  gone: "This was taken down",
  conflict: "Something else has changed this in the meantime",
  code_too_large: "The program is too large",
  body_too_large: "The input is too large",
  unsupported_media_type: "The server did not accept this",
  wrong_host: "The server does not know this address as its own",
  unknown_language: "The server does not know this language",
  rate_limited: "Too many runs in a short time",
  quota_exceeded: "Today's runs are used up",
  internal: NOT_RUN,
  docker_unavailable: "Programs cannot be run now",
  image_unavailable: "This language is not available right now",
  queue_full: "Too many programs are waiting",
  queue_unavailable: "The queue cannot be reached",
  store_unavailable: "The database does not answer",
  store_full: "There is no room for more runs",
  unreachable: "The server cannot be reached",
};

/** The title of a failure. A newer server may send a code that this page does not know. */
export function failureTitle({ code }: RunFailure): string {
  return isKnownCode(code) ? FAILURE_TITLES[code] : NOT_RUN;
}

/** `Object.hasOwn`, since codes come from outside and `Object.prototype` has names, too. */
function isKnownCode(code: string): code is keyof typeof FAILURE_TITLES {
  return Object.hasOwn(FAILURE_TITLES, code);
}

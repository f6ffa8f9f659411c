import { type Asked, NUMBERS, type NumberName } from "./asked";
import { encode64 } from "./base64";
import { statusOf } from "./statuses";
import type { Verdict } from "./verdict";

/** Everything that is known of a submission. */
export interface Submission {
  token: string;
  asked: Asked;
  sourceCode: string | null;
  stdin: string | null;
  /** Its language's name; `null` where it is not offered here any more. */
  languageName: string | null;
  verdict: Verdict;
  createdAt: string;
  finishedAt: string | null;
  /** Whoever asks owns it. */
  own: boolean;
}

/** The fields of an answer that names none, and of a callback. */
export const DEFAULT_FIELDS: readonly string[] = [
  ...["stdout", "time", "memory", "stderr", "token", "compile_output", "message", "status"],
];

/** Text that base64 is for. Everything else is as it is in either. */
const ENCODED = [
  "source_code",
  "stdin",
  "expected_output",
  "stdout",
  "stderr",
  "compile_output",
  "message",
] as const;

const ALL_FIELDS = [
  ...ENCODED,
  ...["language_id", "status_id", "created_at", "finished_at", "time", "memory", "token", "exit_code"],
  ...["exit_signal", "wall_time", "compiler_options", "command_line_arguments", "redirect_stderr_to_stdout"],
  ...["enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit"],
  ...["callback_url", "additional_files", "enable_network", "status", "language"],
  ...Object.keys(NUMBERS),
];

/** The fields that a query names, or those of them that there are none of. */
export function fieldsOf(
  query: string | null,
): { fields: readonly string[] } | { invalid: readonly string[] } {
  const named = (query ?? "")
    .split(",")
    .map((field) => field.trim())
    .filter((field) => field !== "");
  if (named.length === 0) return { fields: DEFAULT_FIELDS };
  const invalid = named.filter((field) => field !== "*" && !ALL_FIELDS.includes(field));
  if (invalid.length > 0) return { invalid };
  return { fields: named.includes("*") ? ALL_FIELDS : named };
}

/** Whether a text of it was no UTF-8: U+FFFD stands for that in what a program printed. */
export function isLossy({ verdict }: Submission, fields: readonly string[]): boolean {
  const texts = { stdout: verdict.stdout, stderr: verdict.stderr, compile_output: verdict.compileOutput };
  return Object.entries(texts).some(([field, text]) => fields.includes(field) && text?.includes("\ufffd"));
}

/** A submission as Judge0 answers it, with the fields that are wanted. */
export function submissionView(
  submission: Submission,
  fields: readonly string[],
  { base64 }: { base64: boolean },
): Record<string, unknown> {
  const whole: Record<string, unknown> = { ...wholeView(submission) };
  if (base64) {
    for (const field of ENCODED) {
      const text = whole[field];
      if (typeof text === "string") whole[field] = encode64(text);
    }
  }
  return Object.fromEntries(fields.map((field) => [field, whole[field] ?? null]));
}

function wholeView({ asked, verdict, ...submission }: Submission) {
  const numbers = (Object.keys(NUMBERS) as NumberName[]).map((name) => [
    name,
    NUMBERS[name].whole ? asked[name] : decimal(asked[name]),
  ]);
  return {
    ...Object.fromEntries(numbers),
    source_code: submission.sourceCode,
    language_id: asked.language_id,
    stdin: submission.stdin,
    expected_output: asked.expected_output,
    stdout: verdict.stdout,
    stderr: verdict.stderr,
    compile_output: verdict.compileOutput,
    message: verdict.message,
    status_id: verdict.status,
    created_at: submission.createdAt,
    finished_at: submission.finishedAt,
    time: seconds(verdict.cpuMs),
    wall_time: seconds(verdict.wallMs),
    memory: verdict.memoryBytes === null ? null : Math.round(verdict.memoryBytes / 1_024),
    token: submission.token,
    exit_code: verdict.exitCode,
    exit_signal: verdict.exitSignal,
    compiler_options: asked.compiler_options,
    command_line_arguments: asked.command_line_arguments,
    redirect_stderr_to_stdout: asked.redirect_stderr_to_stdout,
    enable_per_process_and_thread_time_limit: false,
    enable_per_process_and_thread_memory_limit: false,
    enable_network: false,
    // Whoever has the token may see the answer, but such an address may hold a secret of whoever asked.
    callback_url: submission.own ? asked.callback_url : null,
    additional_files:
      asked.additional_files === null ? null : encode64(Buffer.from(asked.additional_files, "base64")),
    status: statusOf(verdict.status),
    language: { id: asked.language_id, name: submission.languageName },
  };
}

function seconds(ms: number | null): string | null {
  return ms === null ? null : decimal(Math.round(ms) / 1_000);
}

/** As Rails writes a decimal: always with a fraction. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

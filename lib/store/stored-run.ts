import * as z from "zod";
import { programSchema } from "../schemas/history";
import { MAX_ARTIFACTS, MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import type { PlanId } from "../schemas/plan";
import { isolationSchema, modeOf, type RunRequest, type RunResult, runResultSchema } from "../schemas/run";
import { type RunLimits, runLimitsSchema } from "../schemas/run-limits";
import { keptTestsSchema, SKIPPED } from "../schemas/run-test";
import { countTests } from "../schemas/test-counts";
import { tellingLine } from "../schemas/title";
import type { Charge, NewRun, RunSummary, StoredArtifact, StoredResult, StoredRun } from "./index";

/**
 * The shapes of a run's parts in a database. They are parsed when read, because another version may have written them. Sizes were checked
 * when the request came in; today's limits do not apply to stored runs.
 */
export const storedRequestSchema = programSchema
  // Versions without modes wrote `interactive` instead.
  .extend({
    mode: programSchema.shape.mode.optional(),
    interactive: z.boolean().optional(),
    tests: keptTestsSchema,
  })
  .transform(({ mode, interactive, ...program }) => ({
    ...program,
    mode: modeOf({ mode, interactive }),
  })) satisfies z.ZodType<RunRequest>;

/** Versions without limits for attended runs wrote no `attended`. */
export const storedLimitsSchema = runLimitsSchema.extend({
  attended: runLimitsSchema.shape.attended.default(null),
}) satisfies z.ZodType<RunLimits>;

/**
 * A result that no request waited for, such as that of an interrupted run, has no `usage`. Versions with a single isolation mode did not
 * name it.
 */
export const storedResultSchema = runResultSchema
  .partial({ usage: true })
  .extend({
    isolation: isolationSchema.default("container"),
    stdoutInTests: z.number().int().min(0).optional(),
    stderrInTests: z.number().int().min(0).optional(),
  })
  .transform(({ stdoutInTests, stderrInTests, ...result }) => {
    const { stdout, stderr } = printed(result);
    const output = {
      ...result.output,
      ...(stdoutInTests === undefined ? {} : { stdout: stdout.slice(0, stdoutInTests) }),
      ...(stderrInTests === undefined ? {} : { stderr: stderr.slice(0, stderrInTests) }),
    };
    return { ...result, output };
  }) satisfies z.ZodType<StoredResult>;

interface OnceStored {
  stdoutInTests?: number;
  stderrInTests?: number;
}

/**
 * A result in the form in which it is stored. What the program printed for its test cases is the run's own output once more: it is kept
 * with the cases, and of the whole only how much of them it is, in UTF-16 units.
 */
export function onceOf(result: StoredResult): StoredResult & OnceStored {
  const { stdout, stderr } = result.output;
  const cases = printed(result);
  const once: OnceStored = {
    ...(stdout !== "" && cases.stdout.startsWith(stdout) ? { stdoutInTests: stdout.length } : {}),
    ...(stderr !== "" && cases.stderr.startsWith(stderr) ? { stderrInTests: stderr.length } : {}),
  };
  const output = {
    ...result.output,
    ...(once.stdoutInTests === undefined ? {} : { stdout: "" }),
    ...(once.stderrInTests === undefined ? {} : { stderr: "" }),
  };
  return { ...result, output, ...once };
}

function printed({ tests }: Pick<StoredResult, "tests">): { stdout: string; stderr: string } {
  return {
    stdout: tests.map((test) => test.actual).join(""),
    stderr: tests.map((test) => test.stderr ?? "").join(""),
  };
}

/** Counted for a run beside its texts: its row, its figures, its places in the indexes. */
export const ROW_BYTES = 1_024;

/** How long the note to an owner that runs were removed for space is kept. */
export const REMOVAL_REMEMBERED_MS = 30 * 86_400_000;

/** What is stored of a run only while it is running. */
export interface Running {
  /** The process that runs it. */
  instance: string;
  /** The account that gets its charge back if that process dies; `null` when nothing was charged. */
  chargedTo: string | null;
  /** Accounts with a ceiling that it was counted for, too. */
  ceilings: readonly string[];
  /** It belongs to a queue that outlives processes, and is not interrupted when one dies. */
  ofQueue?: true;
}

/** A run that a backup has as running belongs to no process, so the next `closeInterrupted` ends it. */
export const IMPORTED: Running = { instance: "imported", chargedTo: null, ceilings: [] };

/** What is remembered of a run's charge, to give it back. */
export function runningOf(instance: string, { account, ceilings = [] }: Charge): Running {
  return { instance, chargedTo: account, ceilings: ceilings.map((ceiling) => ceiling.account) };
}

/** A run that has just been accepted, with defaults for what was left out. */
export function acceptedRun(run: NewRun): StoredRun {
  return {
    id: run.id,
    owner: run.owner,
    request: run.request,
    title: run.title ?? null,
    visibility: run.visibility ?? "private",
    takedown: null,
    pinned: run.pinned ?? false,
    program: run.program ?? null,
    plan: run.plan ?? "guest",
    limits: run.limits ?? null,
    image: run.image ?? null,
    createdAt: run.createdAt,
    finishedAt: null,
    expiresAt: run.expiresAt ?? null,
    status: "running",
    result: null,
  };
}

/** Without its owner's quota. */
export function withoutUsage({ usage: _, ...result }: StoredResult): StoredResult {
  return result;
}

/** With its owner's quota; a result stored without one was not charged. */
export function withUsage(result: StoredResult, plan: PlanId): RunResult {
  return {
    ...result,
    usage: result.usage ?? { plan, used: 0, limit: 0, remaining: 0, resetsAt: result.createdAt },
  };
}

/** What became of a run that nobody will record the end of. */
export type Loss = "its process stopped" | "the queue lost it";

const LOSSES: Readonly<Record<Loss, string>> = {
  "its process stopped":
    "Quicksand stopped while this program ran, so its result is lost. It was not counted; run it again.",
  // Where Redis came back with nothing, a run that a worker had goes on, unless that was lost as well: nobody can tell then.
  "the queue lost it":
    "The queue lost this run before it began, or with the machine that ran it. It was not counted; run it again.",
};

/** The result of a run that was lost. `tests` is the number of its test cases. */
export function lostResult(
  run: { id: string; language: string; createdAt: Date; tests: number },
  loss: Loss,
): StoredResult {
  return {
    id: run.id,
    language: run.language,
    status: "system_error",
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false },
    compile: null,
    durationMs: 0,
    cpuMs: 0,
    memoryUsed: 0,
    queuedMs: 0,
    isolation: "container",
    artifacts: [],
    tests: Array.from({ length: run.tests }, () => SKIPPED),
    message: LOSSES[loss],
    createdAt: run.createdAt.toISOString(),
  };
}

const PREVIEW_CHARS = 120;

/** The first line of a program that says something, shortened. */
export function previewOf(code: string): string {
  const line = tellingLine(code);
  return [...line.slice(0, PREVIEW_CHARS * 2)].slice(0, PREVIEW_CHARS).join("").trimEnd();
}

/** The figures of a result that the list shows. */
export function figuresOf(
  result: StoredResult | null,
): Pick<RunSummary, "durationMs" | "memoryUsed" | "exitCode" | "tests"> {
  return {
    durationMs: result?.durationMs ?? null,
    memoryUsed: result?.memoryUsed ?? null,
    exitCode: result?.output.exitCode ?? null,
    tests: result && countTests(result.tests),
  };
}

/** The most bytes of a result's texts together: a MongoDB document ends at 16 MB, and both stores keep the same. */
export const MAX_RESULT_BYTES = 8 * 1_048_576;

/** The result with its texts cut to that size; a cut is marked as truncated. */
export function fitResult(result: StoredResult): StoredResult {
  const { output, compile, tests } = result;
  const texts = [
    output.stdout,
    output.stderr,
    compile?.stdout,
    compile?.stderr,
    ...tests.flatMap((test) => [test.actual, test.stderr]),
  ];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), 0);
  if (bytes <= MAX_RESULT_BYTES) return result;
  let left = MAX_RESULT_BYTES;
  const cut = (text: string): string => {
    const kept = cutText(text, left);
    left -= Buffer.byteLength(kept);
    return kept;
  };
  return {
    ...result,
    output: { ...output, stdout: cut(output.stdout), stderr: cut(output.stderr), truncated: true },
    compile: compile && { ...compile, stdout: cut(compile.stdout), stderr: cut(compile.stderr) },
    tests: tests.map((test) => ({
      ...test,
      actual: cut(test.actual),
      ...(test.stderr === undefined ? {} : { stderr: cut(test.stderr) }),
    })),
  };
}

/** The longest prefix of a text within `maxBytes` of UTF-8 that ends with a whole character. */
function cutText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}

/** How much of a file is read, and held for its reader, at a time. */
export const ARTIFACT_PART_BYTES = 131_072;

/** Throws a `RangeError`, as for a bug: the limits are enforced where a run's files are collected. */
export function assertArtifacts(artifacts: readonly StoredArtifact[]): void {
  const bytes = artifacts.reduce((sum, artifact) => sum + artifact.bytes.byteLength, 0);
  const names = new Set(artifacts.map((artifact) => artifact.name));
  if (artifacts.length > MAX_ARTIFACTS || bytes > MAX_ARTIFACTS_BYTES || names.size < artifacts.length) {
    throw new RangeError(
      `Expected at most ${MAX_ARTIFACTS} artifacts of different names and ${MAX_ARTIFACTS_BYTES} bytes, got ${artifacts.length} and ${bytes}.`,
    );
  }
}

/** Days for which `prune` keeps usage. */
export const USAGE_DAYS_KEPT = 400;

import * as z from "zod";
import {
  MAX_ARGS,
  MAX_ARGS_BYTES,
  MAX_CODE_BYTES,
  MAX_ENV,
  MAX_ENV_BYTES,
  MAX_FILES,
  MAX_FILES_BYTES,
  MAX_INPUT_BYTES,
  MAX_STDIN_BYTES,
  MAX_TERMINAL_COLUMNS,
  MAX_TERMINAL_ROWS,
} from "./limits";
import { clashingPaths, filePathSchema } from "./path";
import { planIdSchema } from "./plan";
import { requestedLimitsSchema, runLimitsSchema } from "./run-limits";
import { RUN_STATUSES } from "./run-status";
import { runTestsSchema, testResultSchema } from "./run-test";
import { text, tooLarge, utf8Bytes } from "./text";

/** How a run ended; docs/architecture.md says when each applies. */
export const runStatusSchema = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const stageSchema = z.enum(["compile", "run"]);
export type Stage = z.infer<typeof stageSchema>;

/** How a run was walled in: in a Docker container of its own, or in fresh namespaces inside a container that serves several runs. */
export const isolationSchema = z.enum(["container", "cell"]);
export type Isolation = z.infer<typeof isolationSchema>;

/** What an operator can choose for runs; `auto` is a container while one is warm, and a cell where a run would wait for one. */
export const ISOLATION_CHOICES = ["container", "cell", "auto"] as const;
export type IsolationChoice = (typeof ISOLATION_CHOICES)[number];

/**
 * What a run's input and output are: given and taken whole; text that is typed while the program runs; a pseudo-terminal.
 */
export const runModeSchema = z.enum(["batch", "interactive", "terminal"]);
export type RunMode = z.infer<typeof runModeSchema>;

/** Columns and rows of a terminal, in characters. */
export const terminalSizeSchema = z.object({
  columns: z.number().int().min(1).max(MAX_TERMINAL_COLUMNS),
  rows: z.number().int().min(1).max(MAX_TERMINAL_ROWS),
});
export type TerminalSize = z.infer<typeof terminalSizeSchema>;

/** Of a terminal whose client does not say. */
export const USUAL_SIZE: TerminalSize = { columns: 80, rows: 24 };

/** What can be sent to the program in a terminal's foreground. */
export const terminalSignalSchema = z.enum([
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGUSR1",
  "SIGUSR2",
  "SIGTERM",
  "SIGCONT",
]);
export type TerminalSignal = z.infer<typeof terminalSignalSchema>;

/** What can be sent to a program that was started to take signals. */
export const programSignalSchema = z.enum([
  ...terminalSignalSchema.options,
  ...["SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGSEGV", "SIGPIPE", "SIGALRM"],
  ...["SIGCHLD", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM"],
  ...["SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS"],
] as const);
export type ProgramSignal = z.infer<typeof programSignalSchema>;

/** What a client says to a terminal beside what is typed. */
export const terminalMessageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("resize"), ...terminalSizeSchema.shape }),
  z.object({ type: z.literal("signal"), signal: terminalSignalSchema }),
  z.object({ type: z.literal("eof") }),
]);
export type TerminalMessage = z.infer<typeof terminalMessageSchema>;

export const runFileSchema = z.object({ path: filePathSchema, content: text({ name: "content" }) });
export type RunFile = z.infer<typeof runFileSchema>;

export type { RunTest, TestResult } from "./run-test";

function sumBytes(texts: readonly string[]): number {
  return texts.reduce((sum, value) => sum + utf8Bytes(value), 0);
}

const MAX_OPTIONS = 16;

/** `ChosenOptions` as they are sent. */
export const chosenOptionsSchema = z
  .record(text({ name: "options" }).min(1).max(32), text({ name: "options" }).max(64))
  .refine((options) => Object.keys(options).length <= MAX_OPTIONS, {
    message: `\`options\` has more than ${MAX_OPTIONS} entries; a program has no use for as many.`,
  });

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** Variables of the program's environment, beside those that are there. */
export const environmentSchema = z
  .record(z.string(), text({ name: "env" }))
  .superRefine((env, context) => {
    const names = Object.keys(env);
    for (const name of names.filter((each) => !VARIABLE.test(each))) {
      context.addIssue({
        code: "custom",
        path: [name],
        message:
          "`env` is no name of a variable; use letters, digits and `_`, at most 100, a digit not first.",
      });
    }
    if (names.length > MAX_ENV) {
      context.addIssue({
        code: "custom",
        message: `\`env\` has ${names.length.toLocaleString("en")} variables; the limit is ${MAX_ENV}.`,
      });
    }
    const bytes = sumBytes(Object.entries(env).flat());
    if (bytes > MAX_ENV_BYTES) context.addIssue(tooLarge({ name: "env" }, bytes, MAX_ENV_BYTES));
  })
  .meta({ propertyNames: { pattern: VARIABLE.source }, maxProperties: MAX_ENV });

/** What both a run request and a saved program hold, by the same rules and limits. */
export const requestFieldsSchema = z.object({
  language: text({ name: "language" }).min(1).max(64),
  /** By `GET /api/languages`; what is left out has its default. */
  options: chosenOptionsSchema.optional(),
  code: text({ name: "code", maxBytes: MAX_CODE_BYTES, tooLarge: "code_too_large" }),
  stdin: text({ name: "stdin", maxBytes: MAX_STDIN_BYTES }).default(""),
  args: z
    .array(text({ name: "args" }))
    .max(MAX_ARGS)
    .superRefine((args, context) => {
      const bytes = sumBytes(args);
      if (bytes > MAX_ARGS_BYTES) context.addIssue(tooLarge({ name: "args" }, bytes, MAX_ARGS_BYTES));
    })
    .default([]),
  files: z
    .array(runFileSchema)
    .max(MAX_FILES)
    .superRefine((files, context) => {
      const bytes = sumBytes(files.map((file) => file.content));
      if (bytes > MAX_FILES_BYTES) {
        context.addIssue(tooLarge({ name: "files", tooLarge: "code_too_large" }, bytes, MAX_FILES_BYTES));
      }
      const clash = clashingPaths(files.map((file) => file.path));
      if (clash) {
        context.addIssue({
          code: "custom",
          path: [clash.second, "path"],
          message: `\`path\` clashes with files[${clash.first}]; every file needs a path of its own.`,
        });
      }
    })
    .default([]),
  tests: runTestsSchema.default([]),
  /** Id of a program of the viewer's own that this is a run of. */
  programId: text({ name: "programId" }).max(64).optional(),
  /** `interactive` keeps standard input open for `/input`; `stdin` is then what the program is given first. */
  mode: runModeSchema.optional(),
  /** Another word for `mode: "interactive"`. */
  interactive: z.boolean().optional(),
  /** The size of the terminal at first; counts with `mode: "terminal"` only. */
  terminal: terminalSizeSchema.optional(),
  /** With `mode: "terminal"`: the language's prompt instead of the program, whose files lie beside it. */
  repl: z.boolean().optional(),
  /** Lower limits than the plan's; what was applied is in the result. */
  limits: requestedLimitsSchema.optional(),
  env: environmentSchema.optional(),
  /** Another name for the file that holds `code`, where the language can start it by that. */
  mainFile: filePathSchema.optional(),
});

/** A request to run a program. Fields that are not listed have no effect. */
export const runRequestSchema = requestFieldsSchema
  .superRefine(({ mode, repl }, context) => {
    if (!repl || mode === "terminal") return;
    context.addIssue({
      code: "custom",
      path: ["repl"],
      message: `\`repl\` needs a terminal; send \`"mode": "terminal"\` with it.`,
    });
  })
  .superRefine(({ mode, interactive }, context) => {
    if (mode === undefined || interactive === undefined || interactive === (mode === "interactive")) return;
    context.addIssue({
      code: "custom",
      path: ["interactive"],
      message: `\`interactive\` is ${interactive}, but \`mode\` is "${mode}"; send only one of the two.`,
    });
  })
  .transform(({ mode, interactive, ...fields }) => ({ ...fields, mode: modeOf({ mode, interactive }) }));
/** A request to another service's API that a run was made for, in that API's words, as JSON: its answers repeat what was asked. */
export const foreignRequestSchema = z.object({ api: z.enum(["judge0"]), asked: z.string() });
export type ForeignRequest = z.infer<typeof foreignRequestSchema>;

/** `foreign` comes from such an API's own door and never from a request of ours. */
export type RunRequest = z.infer<typeof runRequestSchema> & { foreign?: ForeignRequest | undefined };
export type RunRequestInput = z.input<typeof runRequestSchema>;

/** The mode by either of the two ways to say it. */
export function modeOf(said: { mode?: RunMode | undefined; interactive?: boolean | undefined }): RunMode {
  return said.mode ?? (said.interactive ? "interactive" : "batch");
}

/**
 * The order in which both streams were written: lengths in UTF-16 units of pieces that alternate between the streams, the first
 * one of stdout (0 when stderr came first). Left out where all of stdout came before stderr, and by versions that did not note it.
 */
const outputOrderSchema = z.array(z.number().int().min(0));

export const runOutputSchema = z.object({
  stdout: z.string(),
  stderr: z.string(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  truncated: z.boolean(),
  /** In which order the two texts were written; left out where stdout came before stderr. */
  order: outputOrderSchema.optional(),
});
export type RunOutput = z.infer<typeof runOutputSchema>;

export const compileResultSchema = z.object({
  stdout: z.string(),
  stderr: z.string(),
  exitCode: z.number().int().nullable(),
  durationMs: z.number(),
});
export type CompileResult = z.infer<typeof compileResultSchema>;

export const artifactSchema = z.object({
  name: z.string(),
  type: z.string(),
  bytes: z.number().int(),
  url: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

export const usageSchema = z.object({
  plan: planIdSchema,
  used: z.number().int(),
  limit: z.number().int(),
  remaining: z.number().int(),
  resetsAt: z.string(),
});
export type Usage = z.infer<typeof usageSchema>;

/** A finished run as the API answers it. Times in milliseconds, sizes in bytes. */
export const runResultSchema = z.object({
  id: z.string(),
  language: z.string(),
  /** What was chosen other than the defaults; left out where that is nothing. */
  options: z.record(z.string(), z.string()).optional(),
  status: runStatusSchema,
  output: runOutputSchema,
  compile: compileResultSchema.nullable(),
  durationMs: z.number(),
  /** Processor time and peak memory; `null` where neither the sandbox nor the engine can tell them. */
  cpuMs: z.number().nullable(),
  memoryUsed: z.number().int().nullable(),
  queuedMs: z.number(),
  isolation: isolationSchema,
  artifacts: z.array(artifactSchema),
  tests: z.array(testResultSchema),
  usage: usageSchema,
  /** What it was held to; left out by versions that did not say. */
  limits: runLimitsSchema.optional(),
  /** For statuses that need words: what happened and what to do, fit to be shown. */
  message: z.string().nullable(),
  createdAt: z.string(),
});
export type RunResult = z.infer<typeof runResultSchema>;

/** What a watcher of a run sees, in order; `done` comes once and last. The first event carries the run's id. */
export const runEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("queued"),
    id: z.string(),
    position: z.number().int(),
    /** The run begins anew since its machine was lost: what was printed before counts no more. */
    attempt: z.number().int().optional(),
  }),
  z.object({ type: z.literal("preparing"), message: z.string(), percent: z.number().optional() }),
  z.object({ type: z.literal("stage"), stage: stageSchema }),
  /** A test case has ended: its result, and its place in the request. */
  z.object({ type: z.literal("test"), index: z.number().int(), result: testResultSchema }),
  z.object({ type: z.literal("stdout"), text: z.string() }),
  z.object({ type: z.literal("stderr"), text: z.string() }),
  z.object({ type: z.literal("done"), run: runResultSchema }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;

export const runInputSchema = z.object({
  text: text({ name: "text", maxBytes: MAX_INPUT_BYTES }).default(""),
  eof: z.boolean().default(false),
});
export type RunInput = z.infer<typeof runInputSchema>;

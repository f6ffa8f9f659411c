import type { Language } from "../languages";
import type { ChosenOptions } from "../schemas/language-options";
import type {
  CompileResult,
  Isolation,
  ProgramSignal,
  RunFile,
  RunMode,
  RunOutput,
  RunStatus,
  RunTest,
  Stage,
  TerminalSize,
  TestResult,
} from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";

/** What to run, already validated. Nothing in it changes the isolation. */
export interface RunSpec {
  /** The run's id, for the log. */
  id: string;
  language: Language;
  /** What was chosen of its options; what is left out, or not known (any more), has its default. */
  options?: ChosenOptions | undefined;
  code: string;
  files: readonly RunFile[];
  args: readonly string[];
  /** If there are any, the program runs once for each, with its input in place of `io.stdin`. */
  tests: readonly RunTest[];
  /** What its input and output are; `batch` when there are `tests`. */
  mode: RunMode;
  /** Whether the program can be sent signals; counts in the mode `interactive`. In a terminal it always can. */
  signals?: boolean | undefined;
  /** The size of its terminal at first; counts in the mode `terminal`. */
  terminal: TerminalSize;
  /** The language's prompt in the program's place. */
  repl: boolean;
  /** The limits that plan, language, mode and request add up to. */
  limits: RunLimits;
  /** What its sandbox is made for, at least `limits`; the same as those where it is left out. */
  sandboxLimits?: RunLimits | undefined;
  /** Variables of the program's environment beside the usual ones. */
  env?: Readonly<Record<string, string>> | undefined;
  /** The name of the file that holds `code`, where it is not the language's usual one. */
  mainFile?: string | undefined;
}

/** What is said to a program while it runs: text is its input, sizes are for its terminal. `end` is the end of its input
 * where signals may follow; else what is said ends with it. */
export type Said =
  | string
  | { type: "end" }
  | ({ type: "resize" } & TerminalSize)
  | { type: "signal"; signal: ProgramSignal };

export interface RunIo {
  /** Aborting ends the run as `cancelled`; its output so far is kept. */
  signal: AbortSignal;
  /**
   * The program's input: a string when all of it is known, an iterable when it arrives during the run, whose end is the
   * program's end of file. Not used with `tests`. What is typed into a terminal may hold any bytes (`lib/schemas/byte-text.ts`).
   */
  stdin: string | AsyncIterable<Said>;
}

/** A file that a program left in its output folder. */
export interface RunArtifact {
  name: string;
  /** MIME type. That of an image was checked against its bytes, others follow from the name. */
  type: string;
  bytes: Buffer;
}

/** How a run ended. Times in milliseconds, memory in bytes. */
export interface RunOutcome {
  status: RunStatus;
  output: RunOutput;
  compile: CompileResult | null;
  durationMs: number;
  /** `null` where it cannot be measured, as with `memoryUsed`. */
  cpuMs: number | null;
  /** The program's peak. */
  memoryUsed: number | null;
  /** How it was isolated, or would have been if it had started. */
  isolation: Isolation;
  tests: readonly TestResult[];
  artifacts: readonly RunArtifact[];
  /** Id of the image that it ran in; `null` if it did not start. */
  image: string | null;
  /** Explains a status that the output does not; `null` otherwise. */
  message: string | null;
}

export type SandboxEvent =
  | { type: "preparing"; message: string; percent?: number }
  | { type: "stage"; stage: Stage }
  /** Of a terminal all that it prints, on `stdout`, byte for byte (`lib/schemas/byte-text.ts`). */
  | { type: "stdout" | "stderr"; text: string }
  | { type: "test"; index: number; result: TestResult }
  | { type: "done"; outcome: RunOutcome };

/** Progress of pulling or building an image. `percent` is left out while it is unknown. */
export interface Progress {
  message: string;
  percent?: number;
}

export interface SandboxHealth {
  ok: boolean;
  /** The engine's version, if it answers. */
  version?: string;
  /** What is wrong, or, with `ok`, what an operator should know of how programs are isolated; and the remedy. */
  message?: string;
  /** Also set beside `ok`, when only some of several engines work: which do not, and the remedy. */
  impaired?: string;
  /** Sandboxes that wait for a run, and sandboxes that have one. */
  warm: number;
  running: number;
  /** Ids of the languages whose image is there, and of those whose image is not. */
  ready: readonly string[];
  missing: readonly string[];
}

/** What a sandbox tells of itself while it works. Durations in milliseconds. */
export interface SandboxMeter {
  /** A run has got its place, or one of its stages has: one that was ready (`warm`), or one that it waited for. */
  acquired(isolation: Isolation, warm: boolean): void;
  /** The engine has answered a call, such as `create`, `start` or `remove`; a refusal is an answer. */
  engineAnswered(call: string, ms: number): void;
  /** The engine has not answered it. */
  engineFailed(call: string): void;
}

/** What is known of the sandboxes and the languages' images, and asked of them, also by a process that runs no program itself. */
export interface SandboxFront {
  /** A hint that a run of this language will probably come soon: an image that is missing begins to be made. Returns at once. */
  expect(language: Language, limits: RunLimits): void;
  /** Whether the image is known to be there. */
  ready(language: Language): boolean;
  /** The version as the language's tool prints it; `null` until the image is there, and for images that the operator named. */
  printedVersion(language: Language): string | null;
  /** How far the making of its image is; `null` when it is there, or nobody makes it. */
  progress(language: Language): Progress | null;
  health(): Promise<SandboxHealth>;
}

/**
 * Runs programs in single-use sandboxes. `run` yields `done` once, as its last event; it throws (`AppError`) only for
 * failures of ours: `docker_unavailable`, `image_unavailable`.
 */
export interface Sandbox extends SandboxFront {
  run(spec: RunSpec, io: RunIo): AsyncIterable<SandboxEvent>;
  /** Pulls or builds a language's image if it is missing. */
  prepare(language: Language, onProgress?: (progress: Progress) => void): Promise<void>;
  /** Ends all runs and removes every sandbox. */
  close(): Promise<void>;
}

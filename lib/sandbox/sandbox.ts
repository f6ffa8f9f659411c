import type { Language } from "../languages";
import type { RunLimits } from "../schemas/limits";
import type {
  CompileResult,
  Isolation,
  RunFile,
  RunMode,
  RunOutput,
  RunStatus,
  RunTest,
  Stage,
  TestResult,
} from "../schemas/run";

/** What is to be run. Checked before it comes here; nothing in it changes the isolation. */
export interface RunSpec {
  /** The run's id; for the log. */
  id: string;
  language: Language;
  code: string;
  files: readonly RunFile[];
  args: readonly string[];
  /** One run stage for each, with its own input, instead of the one run stage with `io.stdin`. */
  tests: readonly RunTest[];
  /** What its input and output are; `batch` where there are `tests`. */
  mode: RunMode;
  /** What it is held to, with everything that plan, language and mode have to say about it. */
  limits: RunLimits;
}

export interface RunIo {
  /** Aborting ends the run as `cancelled`; what it had printed is kept. */
  signal: AbortSignal;
  /**
   * The program's input: all of it, or, for an interactive run, what comes as it comes; its end is the program's end of
   * file. Not read for `tests`.
   */
  stdin: string | AsyncIterable<string>;
}

/** A file that a program left in its output folder. */
export interface RunArtifact {
  name: string;
  /** MIME type; an image's is sure, others go by the name. */
  type: string;
  bytes: Buffer;
}

/** How a run ended, as far as the sandbox knows it. Times in milliseconds, memory in bytes. */
export interface RunOutcome {
  status: RunStatus;
  output: RunOutput;
  compile: CompileResult | null;
  durationMs: number;
  /** `null` where it cannot be known, as with `memoryUsed`. */
  cpuMs: number | null;
  /** Peak of the program. */
  memoryUsed: number | null;
  /** How it was isolated; of a run that did not start, how it would have been. */
  isolation: Isolation;
  tests: readonly TestResult[];
  artifacts: readonly RunArtifact[];
  /** Id of the image that it ran in; `null` when it had come to none. */
  image: string | null;
  /** Words for statuses that need them; `null` otherwise. */
  message: string | null;
}

export type SandboxEvent =
  | { type: "preparing"; message: string; percent?: number }
  | { type: "stage"; stage: Stage }
  | { type: "stdout" | "stderr"; text: string }
  | { type: "done"; outcome: RunOutcome };

/** How far the making of an image has come. `percent` is left out while it cannot be known. */
export interface Progress {
  message: string;
  percent?: number;
}

export interface SandboxHealth {
  ok: boolean;
  /** The engine's version, when it answers. */
  version?: string;
  /** What is wrong, or with `ok` what an operator has to know, and what to do about it. */
  message?: string;
  /** Sandboxes that wait for a run, and those that have one. */
  warm: number;
  running: number;
  /** Ids of languages whose image is there, and of those that wait for theirs. */
  ready: readonly string[];
  missing: readonly string[];
}

/**
 * Runs programs in single-use containers. `run` yields `done` once, last; it throws (`AppError`) only for our own faults:
 * `docker_unavailable`, `image_unavailable`.
 */
export interface Sandbox {
  run(spec: RunSpec, io: RunIo): AsyncIterable<SandboxEvent>;
  /** Makes sure that a language's image is there; pulls or builds it. */
  prepare(language: Language, onProgress?: (progress: Progress) => void): Promise<void>;
  /** Somebody will probably run this language soon: gets a sandbox ready when its image is there. Costs the caller nothing. */
  expect(language: Language, limits: RunLimits): void;
  /** Whether the image is known to be there. */
  ready(language: Language): boolean;
  health(): Promise<SandboxHealth>;
  /** Ends every sandbox and leaves nothing behind. */
  close(): Promise<void>;
}

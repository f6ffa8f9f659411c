import type { MinuteCounts } from "../metrics";
import type { IsolationChoice, RunOutput, RunStatus } from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";

/** What a worker says of itself, every second or so. Plain data. */
export interface WorkerNotice {
  /** Of this process, new with each start. */
  id: string;
  host: string;
  startedAt: string;
  /** Quicksand's own. A web process gives its runs to workers of any version and warns of a mixture. */
  version: string;
  concurrency: number;
  /** `true` from the moment that it takes no more jobs. */
  draining: boolean;
  /** How it isolates runs. */
  isolation: IsolationChoice;
  /** Its engine, as `SandboxHealth` has it. */
  health: { ok: boolean; version?: string; message?: string; warm: number; running: number };
  /** By id, those that it knows: whether the image is there, the version that the tool prints, and how far the making of the image is. */
  languages: Readonly<Record<string, WorkerLanguage>>;
  /** Runs that have ended there and whose end could not be written yet. The queue knows them no more, and they are not lost. */
  unwritten: readonly string[];
  /** What ended here in this minute and the one before, for the figures of the hour. */
  figures: readonly MinuteCounts[];
}

export interface WorkerLanguage {
  ready: boolean;
  printedVersion: string | null;
  progress: { message: string; percent?: number } | null;
}

/** What is asked of workers beside the runs of the queue: it is not kept, and lost with whoever asked or answers. */
export type FleetCall = LanguageCall | WorkerQuestion;

/** Work of a language, for any worker. */
export type LanguageCall =
  /** A run of this language will probably come soon; `limits` as `Sandbox.expect` takes them. Has no answer. */
  | { type: "expect"; language: string; limits: RunLimits }
  /** Make the image if it is missing. */
  | { type: "prepare"; language: string }
  /** Run the language's formatter over `code`; the answer is how that ended. */
  | { type: "format"; language: string; tabWidth: number; code: string; limits: RunLimits };

/** What each worker knows of itself alone, and is too much to be said every second. */
export type WorkerQuestion =
  /** Its metrics; a worker has no port that they could be read at. */
  { type: "metrics" };

export type FleetAnswer =
  | {
      ok: true;
      formatted?: { status: RunStatus; output: RunOutput; message: string | null };
      /** As prom-client's `getMetricsAsJSON` gives them. */
      metrics?: readonly unknown[];
    }
  | { ok: false; code: string; message: string };

/** What a worker answers of its metrics. */
export interface WorkerMetrics {
  /** Its id, which becomes the label `worker`. */
  worker: string;
  /** As prom-client's `getMetricsAsJSON` gives them; may have come by JSON, and from another version of Quicksand. */
  metrics: readonly unknown[];
}

/**
 * The workers as seen from web processes, and what is asked of them. Within one process nobody needs it: there the sandbox is at hand.
 * A worker counts as gone 10 s after its last notice.
 */
export interface Fleet {
  /** Says who this worker is, at once; the adapter does not repeat it. */
  announce(notice: WorkerNotice): Promise<void>;
  /** The worker goes: nobody waits for its time to run out. */
  withdraw(id: string): Promise<void>;
  /** Answers calls until the fleet is closed: so many of a language's at once, the others in their turn; questions do not wait for one. */
  serve(handle: (call: FleetCall, signal: AbortSignal) => Promise<FleetAnswer>, atOnce: number): void;
  /** Those that have announced themselves within 10 s, as known here; at most a second old. Empty while Redis is away. */
  workers(): readonly WorkerNotice[];
  /** Asks any worker that has the language's image, or any at all. Rejects with `docker_unavailable` without a worker, and after `timeoutMs`. */
  call(call: LanguageCall, options: { timeoutMs: number; signal?: AbortSignal }): Promise<FleetAnswer>;
  /**
   * Asks every worker, and resolves with the answers by the workers' ids. One that does not answer within `timeoutMs` is left out, and so is one
   * that cannot be reached; never rejects.
   */
  askEach(
    question: WorkerQuestion,
    options: { timeoutMs: number },
  ): Promise<ReadonlyMap<string, FleetAnswer>>;
}

import type { Credential } from "../schemas/account";
import type { StoredStatus, Visibility } from "../schemas/history";
import type { PlanId } from "../schemas/plan";
import type { RunRequest, RunResult, Usage } from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";
import type { TestCounts } from "../schemas/run-test";
import type { AccountStore } from "./accounts";
import type { AnswerStore } from "./answers";
import type { ModerationStore, Takedown } from "./moderation";
import type { ProgramStore } from "./programs";
import type { SessionFileStore } from "./session-files";
import type { WebhookStore } from "./webhooks";

export type { StoredStatus, Visibility } from "../schemas/history";

export interface StoreHealth {
  ok: boolean;
  kind: "embedded" | "mongodb";
  message?: string;
  /** It answers, but takes no more runs until there is room. */
  full?: true;
}

/** A run as it is stored. */
export interface StoredRun {
  id: string;
  /** Id of the viewer who owns it. */
  owner: string;
  request: RunRequest;
  /** `null` until its owner gives it one. */
  title: string | null;
  visibility: Visibility;
  /** `null` unless an admin took it down. */
  takedown: Takedown | null;
  pinned: boolean;
  /** Id of the program that it is of; `null` where it is of none. The program may be gone. */
  program: string | null;
  plan: PlanId;
  /** The limits it ran under; `null` when they are not known. */
  limits: RunLimits | null;
  /** Digest of the image it ran in; `null` when that is not known. */
  image: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** When `prune` may remove it; `null` is never. */
  expiresAt: Date | null;
  status: StoredStatus;
  /** `null` while it is running. */
  result: StoredResult | null;
}

/** A result as it is stored, immutable. `usage` is shown to the owner only. */
export type StoredResult = Omit<RunResult, "usage"> & { usage?: Usage | undefined };

/** A run as its owner sees it. */
export type OwnRun = StoredRun & { result: RunResult | null };

/** A run that is being accepted. Optional fields that are left out get the defaults of `acceptedRun`. */
export type NewRun = Pick<StoredRun, "id" | "owner" | "request" | "createdAt"> &
  Partial<
    Pick<StoredRun, "plan" | "limits" | "image" | "title" | "visibility" | "pinned" | "program" | "expiresAt">
  >;

/** A row of the history list. Nothing in it is large, and reading it reads nothing large. */
export interface RunSummary {
  id: string;
  language: string;
  title: string | null;
  /** The first line of the code that says something, shortened. */
  preview: string;
  visibility: Visibility;
  takedown: Takedown | null;
  pinned: boolean;
  program: string | null;
  status: StoredStatus;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
  durationMs: number | null;
  memoryUsed: number | null;
  exitCode: number | null;
  /** How its test cases ended; `null` without any, and while it is running. */
  tests: TestCounts | null;
}

export interface RunQuery {
  /** `nextCursor` of the previous page; left out for the first. Anything else is `invalid_request`. */
  cursor?: string | null | undefined;
  /** Rows per page, 1 to 100; 50 when left out. */
  limit?: number | undefined;
  language?: string | undefined;
  status?: StoredStatus | undefined;
  pinned?: boolean | undefined;
  program?: string | undefined;
  /** Created at or after. */
  from?: Date | undefined;
  /** Created before. */
  to?: Date | undefined;
  /** Text in the title or the code. Case does not matter, and no character is special. */
  q?: string | undefined;
}

/**
 * Newest first. Only `nextCursor: null` means the end: a page of a search through very many runs may be short or even empty.
 */
export interface RunPage {
  runs: RunSummary[];
  nextCursor: string | null;
}

export interface RunChange {
  title?: string | null | undefined;
  pinned?: boolean | undefined;
  visibility?: Visibility | undefined;
}

/** A UTC day on which the owner has runs. Durations cover the runs that have ended. */
export interface DayActivity {
  day: string;
  runs: number;
  succeeded: number;
  averageMs: number;
  slowestMs: number;
}

export interface DayUsage {
  day: string;
  runs: number;
}

/** The quota that a run is charged to. */
export interface Charge {
  /** A user's id; for guests a key for their network, because one guest may appear as several owners. */
  account: string;
  /** The UTC day on which the run was created, as `2026-11-22`. */
  day: string;
  /** Runs that the account may have that day. */
  limit: number;
  /** What the run counts for as well. */
  ceilings?: readonly Ceiling[];
}

/** A further account that a run counts for, such as a network's or an API key's, with a limit of its own. */
export interface Ceiling {
  account: string;
  limit: number;
}

/** What is kept of an owner. */
export interface Kept {
  runs: number;
  /** With their programs, input, output and files. */
  bytes: number;
  /** Runs that `makeRoom` removed in the last 30 days or so, and when the last one was. */
  removedRuns: number;
  removedAt: Date | null;
}

/** How often somebody did something, until when it counts. */
export interface KeptCount {
  key: string;
  points: number;
  expiresAt: Date;
}

/** The outcome of a charge. `used` counts the account's runs of the day, including this one if it was accepted. */
export interface Charged {
  accepted: boolean;
  used: number;
  /** The ceiling that refused it, while the account had runs left. */
  ceiling?: Ceiling;
}

/** An hour with runs, of all owners. */
export interface HourActivity {
  /** In UTC, as `2026-11-22T10`. */
  hour: string;
  runs: number;
  /** Runs that ended as `system_error`. */
  failed: number;
}

/** A file that a program left in its output directory. */
export interface StoredArtifact {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A file as it is announced, without its bytes. */
export interface ArtifactHead {
  name: string;
  type: string;
  /** In bytes. */
  size: number;
}

export interface StoreInfo {
  kind: StoreHealth["kind"];
  /** The database's own name and version. */
  name: string;
  version: string;
}

/**
 * Stores runs (history, sharing, quota) and accounts. Absent is `null`; an unreachable database throws `store_unavailable` within two
 * seconds. What a method has acknowledged is on disk, except where it says otherwise. Methods with an `owner` or a `viewer` see and change
 * only what that person may, and treat forbidden and absent alike.
 */
/** What belongs to the end of a run beside its result. */
export interface RunEnd {
  /** If it was not known at the start. */
  image?: string | undefined;
  /** Refunds the run to what it was charged to, never after its end is recorded: the death of a process in between costs nobody a run. */
  refund?: boolean;
}

export interface Store {
  readonly accounts: AccountStore;
  readonly moderation: ModerationStore;
  readonly programs: ProgramStore;
  readonly answers: AnswerStore;
  readonly webhooks: WebhookStore;
  readonly sessionFiles: SessionFileStore;

  /**
   * Charges a run to an account's day and stores it as `running`, before any of it runs; does neither when `limit` runs are used. Exact
   * under concurrency. Throws `store_full` when there is less room than the reserve. The write is not waited for on disk: a power cut may lose a run that has not ended, the death of this process may
   * not. Throws `conflict`, without a charge, when the id is taken. While it is running the run records what it was charged to, so that
   * `closeInterrupted` can refund it. With a `credential`, throws `unauthorized`, without a charge and a run, when it has ended or its owner,
   * who must be the run's, is deleted or suspended.
   */
  acceptRun(run: NewRun, charge: Charge, credential?: Credential): Promise<Charged>;
  /**
   * Refunds one run to an account's day, and to the accounts of its ceilings; returns how many the account has used now, never less than 0.
   * Not idempotent: it must be called once per run.
   */
  refundRun(account: string, day: string, ceilings?: readonly string[]): Promise<number>;
  /** Records the end of a run, once; `false`, and nothing is refunded, when it had ended or is deleted. */
  finishRun(id: string, result: RunResult, end?: RunEnd): Promise<boolean>;
  /** A run with its owner's usage. The caller must show it to the owner only. */
  getRun(id: string): Promise<OwnRun | null>;
  /**
   * A run that `viewer` may see: their own, or one that is `unlisted` or `public` and whose owner is not suspended. A `null` viewer sees
   * only the latter. Throws `gone` for another's run that was taken down.
   */
  findRun(id: string, viewer: string | null): Promise<StoredRun | null>;
  /** Whether `findRun` would throw `gone`; reads nothing large. */
  isGone(id: string, viewer: string | null): Promise<boolean>;
  listRuns(owner: string, query: RunQuery): Promise<RunPage>;
  /** All runs of an owner, newest first, one in memory at a time. */
  exportRuns(owner: string): AsyncIterable<StoredRun>;
  /** Throws `forbidden` when a run that was taken down would be shared. */
  updateRun(id: string, owner: string, change: RunChange): Promise<RunSummary | null>;
  /** Removes a run with its files and share page, for good. */
  deleteRun(id: string, owner: string): Promise<boolean>;
  /** Removes all runs of an owner; returns how many. */
  deleteRuns(owner: string): Promise<number>;
  kept(owner: string): Promise<Kept>;
  /**
   * Removes the oldest ended runs, unpinned ones first: the owner's until they take at most `ownerBytes`, then any of the plan until those
   * take at most `planBytes`; returns how many. Call it after a run has ended; when everything fits it only reads two totals.
   */
  makeRoom(
    of: { owner: string; plan: PlanId },
    limits: { ownerBytes: number; planBytes: number },
  ): Promise<number>;
  /** Stores whole runs, as from a backup. Skips ids that exist; returns how many were new. */
  importRuns(runs: readonly StoredRun[]): Promise<number>;

  /** Stores all files of a run, before it is finished; `false` when it is not running. */
  putArtifacts(id: string, artifacts: readonly StoredArtifact[]): Promise<boolean>;
  /** One file of a run that the viewer may see, as `findRun` decides it. */
  findArtifact(id: string, name: string, viewer: string | null): Promise<ArtifactHead | null>;
  /**
   * The bytes of a file from `part` × `ARTIFACT_PART_BYTES` on, that many or up to its end; `null` behind the end, and as soon as the viewer
   * may not see it any more. A file is read part by part, so that a reader who takes it slowly costs no more than one.
   */
  readArtifact(id: string, name: string, viewer: string | null, part: number): Promise<Uint8Array | null>;

  /** Days from `from` up to but not including `to`, at most 400, oldest first. */
  activity(owner: string, from: Date, to: Date): Promise<DayActivity[]>;
  /** Hours of all owners' runs from `from` up to but not including `to`, at most 7 days, oldest first, without empty ones. */
  runsByHour(from: Date, to: Date): Promise<HourActivity[]>;
  /** An account's runs per day from `from` to `to`, both included, oldest first, without empty days. */
  usage(account: string, from: string, to: string): Promise<DayUsage[]>;

  /**
   * Passes a guest's runs, and what was charged to the guest's id, to a user; returns how many runs. They then expire `retentionMs` after
   * their creation, or never with `null`, and count for `plan` where it is given. With the same owner twice it only does that, as for a
   * change of plan.
   */
  adoptRuns(from: string, to: string, retentionMs: number | null, plan?: PlanId): Promise<number>;
  /**
   * Ends the runs of dead processes, and our own whose end could not be written at the time, as `system_error`, and refunds them; returns
   * how many. Call it at start and then every minute.
   */
  closeInterrupted(): Promise<number>;
  /**
   * Ids of running runs that belong to a queue that outlives processes (`StoreConfiguration`), so many at a time. `closeInterrupted` leaves
   * them alone, whichever process dies, as long as one lives that has that queue: only the queue can tell whether one is lost.
   */
  queuedRuns(): AsyncIterable<readonly string[]>;
  /**
   * Ends those of these runs, which the queue has lost, that still run: as `system_error`, with a message that says so. Refunds them, each once;
   * returns how many.
   */
  closeRuns(ids: readonly string[]): Promise<number>;
  /**
   * Removes what has expired by `now`: runs, programs, files of sessions, sign-ins, counts, and usage and audit entries older than 400 days; returns how many runs.
   */
  prune(now: Date): Promise<number>;
  /** Counts of rates and attempts that end after `now`. */
  loadCounts(now: Date): Promise<KeptCount[]>;
  /** Replaces the counts of the same keys; one without points is removed. Not waited for on disk. */
  saveCounts(counts: readonly KeptCount[]): Promise<void>;
  info(): Promise<StoreInfo>;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}

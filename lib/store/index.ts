import type { KeptStatus, Visibility } from "../schemas/history";
import type { RunLimits } from "../schemas/limits";
import type { PlanId } from "../schemas/plan";
import type { RunRequest, RunResult, Usage } from "../schemas/run";
import type { AccountStore } from "./accounts";

export type { KeptStatus, Visibility } from "../schemas/history";

export interface StoreHealth {
  ok: boolean;
  kind: "embedded" | "mongodb";
  message?: string;
}

/** A run as it is stored. */
export interface StoredRun {
  id: string;
  /** Id of the viewer who owns it. */
  owner: string;
  request: RunRequest;
  /** `null` unless its owner named it. */
  title: string | null;
  visibility: Visibility;
  pinned: boolean;
  plan: PlanId;
  /** What the sandbox was held to; `null` when it was not said. */
  limits: RunLimits | null;
  /** Digest of the image that it ran in; `null` when it was not said. */
  image: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** From when on `prune` removes it; `null` is never. */
  expiresAt: Date | null;
  status: KeptStatus;
  /** `null` while it is running. */
  result: StoredResult | null;
}

/** A result as it is stored, immutable. The owner's quota is in it for the owner's eyes only. */
export type StoredResult = Omit<RunResult, "usage"> & { usage?: Usage | undefined };

/** A run as its owner sees it. */
export type OwnRun = StoredRun & { result: RunResult | null };

/** A run that is accepted. What is left out of the optional parts is as `StoredRun` says. */
export type NewRun = Pick<StoredRun, "id" | "owner" | "request" | "createdAt"> &
  Partial<Pick<StoredRun, "plan" | "limits" | "image" | "title" | "visibility" | "pinned" | "expiresAt">>;

/** A row of the history list: nothing in it is large, and reading it touches nothing large. */
export interface RunSummary {
  id: string;
  language: string;
  title: string | null;
  /** The first line of the code that says something, shortened. */
  preview: string;
  visibility: Visibility;
  pinned: boolean;
  status: KeptStatus;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
  durationMs: number | null;
  memoryUsed: number | null;
  exitCode: number | null;
}

export interface RunQuery {
  /** `nextCursor` of the page before; the first page without. A text no page gave is `invalid_request`. */
  cursor?: string | null | undefined;
  /** Rows of a page, 1 to 100; 50 when left out. */
  limit?: number | undefined;
  language?: string | undefined;
  status?: KeptStatus | undefined;
  pinned?: boolean | undefined;
  /** Created at or after. */
  from?: Date | undefined;
  /** Created before. */
  to?: Date | undefined;
  /** Text in the title or the code; case does not matter, and no character is special. */
  q?: string | undefined;
}

/**
 * Newest first. Only `nextCursor: null` means the end: a search through very many runs answers with what it found so far,
 * even nothing, and goes on with the next page.
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

/** A UTC day on which the owner has runs. Durations are of runs that ended. */
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

/** Whose quota a run is taken out of. */
export interface Charge {
  /** A user's id; for guests one that stands for their address, because each of them is several owners. */
  account: string;
  /** The UTC day on which the run was created, as `2026-11-22`. */
  day: string;
  /** Runs that the account has on a day. */
  limit: number;
}

/** What came of a charge. `used` is how many runs of the day are taken now, this one included where it was accepted. */
export interface Charged {
  accepted: boolean;
  used: number;
}

/** An hour in which anybody has runs. */
export interface HourActivity {
  /** In UTC, as `2026-11-22T10`. */
  hour: string;
  runs: number;
  /** Those that ended as `system_error`, by a fault of ours. */
  failed: number;
}

/** A file that a program left in its output directory. */
export interface StoredArtifact {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export interface StoreInfo {
  kind: StoreHealth["kind"];
  /** The database's own name and version. */
  name: string;
  version: string;
}

/**
 * Where runs are kept: history, sharing, quota; and accounts beside them. Absent is `null`; a store that cannot be reached throws `store_unavailable`
 * within two seconds. What a method has answered is kept. Methods that take an `owner` or a `viewer` see and change nothing of
 * anybody else, and answer alike for what is forbidden and what is absent.
 */
export interface Store {
  readonly accounts: AccountStore;

  /**
   * Takes a run out of an account's day and keeps it as `running`, before anything of it runs; or neither, when `limit` runs are
   * taken. A power cut may forget a run that has not ended; the death of this process does not. Of many at once exactly as many pass as are left. Throws `conflict`, and charges nothing, when the id is taken. The
   * run remembers whom it was charged to for as long as it is running, so that `closeInterrupted` can give it back.
   */
  acceptRun(run: NewRun, charge: Charge): Promise<Charged>;
  /**
   * Gives one run of an account's day back, as for a fault of ours; answers how many are taken now, never less than 0. Nothing
   * remembers which run it was for: whoever calls this does so once.
   */
  refundRun(account: string, day: string): Promise<number>;
  /** Ends a run once; `false` when it was ended before or is gone. `image` where it was not known at the start. */
  finishRun(id: string, result: RunResult, image?: string): Promise<boolean>;
  /** A run with its owner's usage, for the owner's eyes; whoever calls this sees to that. */
  getRun(id: string): Promise<OwnRun | null>;
  /** A run for somebody to see: their own, or one that is `unlisted` or `public`. `null` is nobody in particular. */
  findRun(id: string, viewer: string | null): Promise<StoredRun | null>;
  listRuns(owner: string, query: RunQuery): Promise<RunPage>;
  /** Everything an owner has, newest first, one run in memory at a time. */
  exportRuns(owner: string): AsyncIterable<StoredRun>;
  updateRun(id: string, owner: string, change: RunChange): Promise<RunSummary | null>;
  /** Removes a run with all that belongs to it, for good. A page that offers "undo" waits before it calls this. */
  deleteRun(id: string, owner: string): Promise<boolean>;
  /** Removes everything an owner has; answers how many runs that were. */
  deleteRuns(owner: string): Promise<number>;
  /** Writes whole runs, as from a backup. Ids that are there already are left as they are; answers how many were new. */
  importRuns(runs: readonly StoredRun[]): Promise<number>;

  /** Keeps the files of a run that is still running, all at once, before it is finished; `false` when it is not running. */
  putArtifacts(id: string, artifacts: readonly StoredArtifact[]): Promise<boolean>;
  /** One file of a run that the viewer may see. */
  findArtifact(id: string, name: string, viewer: string | null): Promise<StoredArtifact | null>;

  /** Days from `from` to before `to` (at most 400 days), oldest first. */
  activity(owner: string, from: Date, to: Date): Promise<DayActivity[]>;
  /** Hours of everybody's runs from `from` to before `to` (at most 7 days), oldest first; hours without are left out. */
  runsByHour(from: Date, to: Date): Promise<HourActivity[]>;
  /** What an account has taken on each day from `from` to `to`, both included, oldest first; days without are left out. */
  usage(account: string, from: string, to: string): Promise<DayUsage[]>;

  /**
   * Gives a guest's runs, and what was charged to the guest's own id, to a user; answers how many runs that were. The runs are then kept for `retentionMs`
   * from their creation, `null` for ever. From an owner to the same owner it only sets that, as for a change of plan.
   */
  adoptRuns(from: string, to: string, retentionMs: number | null): Promise<number>;
  /**
   * Ends, as `system_error` and with their charge given back, the runs of processes that are gone, and runs of ours whose
   * end could not be written when it came; answers how many. To be called at start and then every minute.
   */
  closeInterrupted(): Promise<number>;
  /**
   * Removes what has expired by `now`: runs, sessions, and what is older than 400 days of usage and the audit log; answers how
   * many runs that were.
   */
  prune(now: Date): Promise<number>;
  info(): Promise<StoreInfo>;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}

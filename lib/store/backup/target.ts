import { AppError } from "../../errors";
import type { Store, StoredRun } from "../index";
import type { Running } from "../stored-run";
import type { RecordOf } from "./records";

/** A run from a backup, with its files. A running one names whom to refund. */
export interface RestoredRun {
  run: StoredRun;
  running: Omit<Running, "instance"> | null;
  artifacts: readonly RecordOf<"artifact">[];
}

/**
 * A store that is being filled from a backup, in which nobody else reads or writes. What the store's own methods can write goes through them;
 * the rest has no method, because nothing else may write it.
 */
export interface RestoreTarget {
  readonly store: Store;
  /** Skips those that are there; returns how many it stored. */
  runs(runs: readonly RestoredRun[]): Promise<number>;
  usage(usage: RecordOf<"usage">): Promise<void>;
  removal(removal: RecordOf<"removal">): Promise<void>;
  /** `false`, and nothing is done, where its run is not there. */
  reportCase(reportCase: RecordOf<"case">): Promise<boolean>;
  adminCode(hash: string): Promise<void>;
  /** Whether something was not written because it is there already. */
  isDuplicate(error: unknown): boolean;
  /**
   * Makes it the configured store, whole. Calls `lastly` when all of it is on disk and nobody else can open it yet. When that throws, so does
   * this, before anything has changed; call `abandon` then.
   */
  finish(lastly: () => Promise<void>): Promise<void>;
  /** Leaves the configured store as it was, where the database can do that. */
  abandon(): Promise<void>;
}

/** What is there before a restore, which refuses what is not empty. */
export interface Occupied {
  users: number;
  runs: number;
  programs: number;
}

export function isEmpty({ users, runs, programs }: Occupied): boolean {
  return users === 0 && runs === 0 && programs === 0;
}

/** How a store's own methods refuse what is there already. */
export function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === "conflict";
}

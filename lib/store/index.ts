import type { RunRequest, RunResult, RunStatus } from "../schemas/run";

/** A run as it is kept. `result` is `null` while it is running. */
export interface RunRecord {
  id: string;
  /** Id of the viewer who owns it. */
  owner: string;
  request: RunRequest;
  createdAt: Date;
  result: RunResult | null;
}

export interface StoreHealth {
  ok: boolean;
  kind: "memory" | "embedded" | "mongodb";
  message?: string;
}

/**
 * Where runs are kept. Absent is `null`; only a store that cannot be reached throws (`store_unavailable`).
 * What a method has answered is kept.
 */
export interface Store {
  createRun(run: Omit<RunRecord, "result">): Promise<void>;
  /** Ends a run once; `false` when it was ended before or is gone. */
  finishRun(id: string, result: RunResult): Promise<boolean>;
  getRun(id: string): Promise<RunRecord | null>;
  /** Counts one run of a viewer on a UTC day (`2026-11-22`) and answers how many there are now. */
  countRun(owner: string, day: string, change: 1 | -1): Promise<number>;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}

export type { RunStatus };

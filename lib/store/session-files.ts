import type { PlanId } from "../schemas/plan";

/** A file that outlives the run that made it, or that was sent before one: without its bytes. */
export interface SessionFileHead {
  id: string;
  /** What its owner's requests name it by, together with its id. */
  session: string;
  /** Id of a viewer. */
  owner: string;
  /** The owner's plan when it was added. */
  plan: PlanId;
  name: string;
  type: string;
  /** In bytes. */
  size: number;
  createdAt: Date;
  /** From then on it is as if it were not there; `prune` of the store removes it. */
  expiresAt: Date;
}

export interface SessionFile extends Omit<SessionFileHead, "size"> {
  bytes: Uint8Array;
}

/** What is kept at most; beyond it the oldest go. */
export interface SessionFileLimits {
  /** Of one owner. */
  files: number;
  bytes: number;
  /** Of one plan: guests, who cost nothing to become, displace nobody else's. */
  planBytes: number;
  /** Rows cost more than the bytes of their files. */
  planFiles: number;
}

/** Files of sessions. They go with their owner. */
export interface SessionFileStore {
  /** Adds all of them, and removes the oldest that are then too many, of the owner or of the plan. Throws `store_full` when there is no room. */
  add(files: readonly SessionFile[], limits: SessionFileLimits): Promise<void>;
  /** A session's files, the oldest first. */
  list(session: string, owner: string, now: Date): Promise<SessionFileHead[]>;
  get(session: string, id: string, owner: string, now: Date): Promise<SessionFile | null>;
  remove(session: string, id: string, owner: string): Promise<boolean>;
  /** Returns how many. */
  removeAll(owner: string): Promise<number>;
}

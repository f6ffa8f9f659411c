export { createMemoryQueue } from "./memory";

/** Ends a turn and lets the next one in. Calling it again does nothing. */
export type Release = () => void;

export interface QueueEntry {
  /** Id of the viewer; turns go round the owners, so that one with many runs does not starve another. */
  owner: string;
  /** Most turns that the owner may hold at once; further entries of theirs wait, and others pass them. */
  parallel: number;
  /** Aborting leaves the queue; it has no effect once the turn has come. */
  signal: AbortSignal;
  /**
   * How many turns come before this one; 0 is "now". Called as soon as the entry has its place and again each time it
   * moves up. It never grows: what a fair turn of somebody else costs shows as standing still.
   */
  onPosition: (position: number) => void;
}

export interface QueueState {
  running: number;
  waiting: number;
  /** Most that may wait. */
  limit: number;
}

/** Bounded admission to the sandboxes of this machine. */
export interface Queue {
  /**
   * Resolves when the turn has come. Rejects with `queue_full` at once where there is no place, and with the signal's
   * reason when it leaves before its turn.
   */
  enter(entry: QueueEntry): Promise<Release>;
  state(): QueueState;
}

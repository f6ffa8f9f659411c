/** How long a deletion can be undone. */
export const UNDO_MS = 6_000;

/** Deletions that wait for their undo period to end. */
export interface PendingDeletes {
  /** Ids to hide. The same object until something changes. */
  hidden(): ReadonlySet<string>;
  subscribe(listener: () => void): () => void;
  /** Hides a run now and deletes it after the undo period. */
  add(id: string): void;
  /** Cancels the deletion; false when it was too late. */
  undo(id: string): boolean;
  /** Performs all pending deletions now, for when the page is left. */
  flush(): void;
}

interface PendingDeletesOptions {
  /** `leaving`: the request must outlive the page. */
  remove: (id: string, leaving: boolean) => Promise<void>;
  /** Called when deleting failed; the run is visible again. */
  onFailure: (id: string, error: unknown) => void;
  delayMs?: number;
}

/** Deletes with a delay, so that undo needs no support from the server. */
export function createPendingDeletes({
  remove,
  onFailure,
  delayMs = UNDO_MS,
}: PendingDeletesOptions): PendingDeletes {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  let ids: ReadonlySet<string> = new Set();

  function change(edit: (next: Set<string>) => void): void {
    const next = new Set(ids);
    edit(next);
    ids = next;
    for (const listener of listeners) listener();
  }

  function carryOut(id: string, leaving: boolean): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    // Stays hidden, since a list request from before may still return it.
    remove(id, leaving).catch((error: unknown) => {
      change((next) => next.delete(id));
      onFailure(id, error);
    });
  }

  return {
    hidden: () => ids,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(id) {
      if (timers.has(id)) return;
      timers.set(
        id,
        setTimeout(() => carryOut(id, false), delayMs),
      );
      change((next) => next.add(id));
    },
    undo(id) {
      if (!timers.has(id)) return false;
      clearTimeout(timers.get(id));
      timers.delete(id);
      change((next) => next.delete(id));
      return true;
    },
    flush() {
      for (const id of [...timers.keys()]) carryOut(id, true);
    },
  };
}

/** How long a deletion can be taken back. */
export const UNDO_MS = 6_000;

/** Deletions that were asked for and not yet carried out. */
export interface PendingDeletes {
  /** Ids that must not be shown. The same object until something changes. */
  hidden(): ReadonlySet<string>;
  subscribe(listener: () => void): () => void;
  /** Hides it now, removes it after the time to undo. */
  add(id: string): void;
  /** Takes it back; false when it was too late. */
  undo(id: string): boolean;
  /** Carries out at once what waits: the page goes away. */
  flush(): void;
}

interface PendingDeletesOptions {
  /** `leaving`: the request has to outlive the page. */
  remove: (id: string, leaving: boolean) => Promise<void>;
  /** What could not be removed is shown again. */
  onFailure: (id: string, error: unknown) => void;
  delayMs?: number;
}

/** Removes late, so that undo needs nothing from the server: what was never deleted need not be brought back. */
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
    // It stays hidden: a page of the list that was asked for earlier may still come with it.
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

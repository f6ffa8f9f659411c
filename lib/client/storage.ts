/** What of the browser's storage is needed; every call may fail, and must not break the page when it does. */
export interface TextStorage {
  /** `null` when there is nothing, or nothing can be read. */
  get(key: string): string | null;
  /** False when it could not be kept: storage full, or not available. */
  set(key: string, value: string): boolean;
}

/** Local storage that never throws. What cannot be kept on disk is kept for as long as the page lives. */
export function safeStorage(open: () => Pick<Storage, "getItem" | "setItem">): TextStorage {
  const memory = new Map<string, string>();
  return {
    get(key) {
      const kept = memory.get(key);
      if (kept !== undefined) return kept;
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        open().setItem(key, value);
        memory.delete(key);
        return true;
      } catch {
        memory.set(key, value);
        return false;
      }
    },
  };
}

/** This browser's storage. The property itself throws where cookies are blocked, hence the function. */
export const browserStorage: TextStorage = safeStorage(() => window.localStorage);

/** The used part of the browser's storage, with failures as values: they must not break the page. */
export interface TextStorage {
  /** `null` when there is nothing or it cannot be read. */
  get(key: string): string | null;
  /** False when it could not be stored: storage full or unavailable. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** The keys that begin so. */
  keys(prefix: string): string[];
}

type Opened = Pick<Storage, "getItem" | "setItem"> & Partial<Pick<Storage, "removeItem" | "key" | "length">>;

/** Local storage that never throws. What cannot be stored is kept in memory. */
export function safeStorage(open: () => Opened): TextStorage {
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
    remove(key) {
      memory.delete(key);
      try {
        open().removeItem?.(key);
      } catch {
        // What cannot be opened has nothing to remove.
      }
    },
    keys(prefix) {
      const found = new Set(memory.keys());
      try {
        const storage = open();
        for (let at = 0; at < (storage.length ?? 0); at++) {
          const key = storage.key?.(at);
          if (key) found.add(key);
        }
      } catch {
        // Then there is only what is in memory.
      }
      return [...found].filter((key) => key.startsWith(prefix));
    },
  };
}

/** This tab's storage, which a reload keeps. */
export const tabStorage: TextStorage = safeStorage(() => window.sessionStorage);

/** This browser's storage. Reading the property throws where cookies are blocked, hence the function. */
export const browserStorage: TextStorage = safeStorage(() => window.localStorage);

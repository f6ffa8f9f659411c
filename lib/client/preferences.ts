import type { Preferences } from "../schemas/preferences";
import { readPreferences } from "../schemas/preferences";
import type { TextStorage } from "./storage";

export type PreferencesChange = Partial<Preferences>;

/** A guest's preferences. Left alone while somebody is signed in, and used again after signing out. */
const GUEST_KEY = "quicksand:preferences:v1";
/** The account's preferences as of the last visit, so that the first render need not wait for the request. */
const ACCOUNT_KEY = "quicksand:account-preferences:v1";
/** Key of next-themes. A theme chosen before there were preferences is still used. */
export const THEME_KEY = "quicksand:theme";

/** The local copy of an account's preferences, with changes that are not stored there yet. */
interface Mirror {
  user: string;
  preferences: Preferences;
  unsent: PreferencesChange;
}

/** The account whose preferences apply. */
export interface Owner {
  id: string;
  preferences: Preferences;
}

export interface PreferencesOptions {
  storage: TextStorage;
  /** Stores a change in the account; resolves to the account's preferences. */
  send: (change: PreferencesChange) => Promise<Preferences>;
  /** Called with the account's new preferences, to update other users of the account data. */
  onSent: (preferences: Preferences) => void;
  /** Storing failed. The change is kept locally and sent again with the next one. */
  onFailure: (error: unknown) => void;
  /** Debounce of sending: a slider makes a change for each step. */
  delayMs: number;
}

export interface PreferenceStore {
  get(): Preferences;
  subscribe(listener: () => void): () => void;
  /** Applies a change at once and stores it: in the browser for guests, else in the account. */
  change(patch: PreferencesChange): void;
  /** Sets the signed-in account, `null` for a guest. The account's preferences take precedence over the browser's. */
  setOwner(owner: Owner | null): void;
  /** Sends pending changes now, for when the page is left. */
  flush(): void;
  /** Reads the storage again after another tab has written to it. */
  reload(): void;
}

export function createPreferences(options: PreferencesOptions): PreferenceStore {
  const { storage } = options;
  const listeners = new Set<() => void>();
  let mirror = readMirror(storage);
  let current = effective();
  /** The server's last known state, to ignore repetitions of it. */
  let lastServerState = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;

  function effective(): Preferences {
    return mirror ? { ...mirror.preferences, ...mirror.unsent } : readGuest(storage);
  }

  function show(): void {
    const next = effective();
    if (same(next, current)) return;
    current = next;
    for (const listener of listeners) listener();
  }

  function setMirror(next: Mirror | null): void {
    mirror = next;
    storage.set(ACCOUNT_KEY, JSON.stringify(next));
    show();
  }

  function sendSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void sendNow(), options.delayMs);
  }

  async function sendNow(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (sending || !mirror || Object.keys(mirror.unsent).length === 0) return;
    const { user, unsent } = mirror;
    sending = true;
    try {
      const preferences = await options.send(unsent);
      if (mirror?.user !== user) return;
      lastServerState = serverState({ id: user, preferences });
      setMirror({ user, preferences, unsent: without(mirror.unsent, unsent) });
      options.onSent(preferences);
      if (Object.keys(mirror.unsent).length > 0) sendSoon(); // changed again in the meantime
    } catch (error) {
      options.onFailure(error);
    } finally {
      sending = false;
    }
  }

  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(patch) {
      if (mirror) {
        setMirror({ ...mirror, unsent: { ...mirror.unsent, ...patch } });
        sendSoon();
        return;
      }
      storage.set(GUEST_KEY, JSON.stringify({ ...readGuest(storage), ...patch }));
      show();
    },
    setOwner(owner) {
      if (owner === null) {
        lastServerState = "";
        if (mirror) setMirror(null);
        return;
      }
      const state = serverState(owner);
      const { id: user, preferences } = owner;
      const unsent = mirror?.user === user ? mirror.unsent : {};
      if (mirror?.user === user && state === lastServerState) return;
      lastServerState = state;
      setMirror({ user, preferences, unsent });
      if (Object.keys(unsent).length > 0) sendSoon();
    },
    flush() {
      if (timer !== undefined) void sendNow();
    },
    reload() {
      mirror = readMirror(storage);
      show();
    },
  };
}

function serverState(owner: Owner): string {
  return JSON.stringify([owner.id, owner.preferences]);
}

function readGuest(storage: TextStorage): Preferences {
  const kept = parse(storage.get(GUEST_KEY));
  return readPreferences({ theme: storage.get(THEME_KEY), ...(isRecord(kept) ? kept : {}) });
}

function readMirror(storage: TextStorage): Mirror | null {
  const kept = parse(storage.get(ACCOUNT_KEY));
  if (!isRecord(kept) || typeof kept.user !== "string" || !isRecord(kept.preferences)) return null;
  const preferences = readPreferences(kept.preferences);
  const unsent = isRecord(kept.unsent) ? kept.unsent : {};
  // Validated, since another version may have written it.
  const whole: Preferences = readPreferences({ ...preferences, ...unsent });
  const names = (Object.keys(whole) as (keyof Preferences)[]).filter((name) => unsent[name] === whole[name]);
  return {
    user: kept.user,
    preferences,
    unsent: Object.fromEntries(names.map((name) => [name, whole[name]])) as PreferencesChange,
  };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    // Broken JSON counts as none.
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The changes made after `sent` was sent. */
function without(changes: PreferencesChange, sent: PreferencesChange): PreferencesChange {
  const names = (Object.keys(changes) as (keyof PreferencesChange)[]).filter(
    (name) => changes[name] !== sent[name],
  );
  return Object.fromEntries(names.map((name) => [name, changes[name]])) as PreferencesChange;
}

function same(a: Preferences, b: Preferences): boolean {
  return (Object.keys(a) as (keyof Preferences)[]).every((name) => a[name] === b[name]);
}

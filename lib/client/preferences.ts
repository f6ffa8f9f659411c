import { type Preferences, preferencesSchema } from "../schemas/account";
import type { TextStorage } from "./storage";

export type PreferencesChange = Partial<Preferences>;

/** What a guest chose in this browser. It stays as it is while somebody is signed in, and holds again afterwards. */
const GUEST_KEY = "quicksand:preferences:v1";
/** What the account had when it was last seen here, so that the page need not wait for the answer to look right. */
const ACCOUNT_KEY = "quicksand:account-preferences:v1";
/** Where next-themes keeps the theme. Chosen before there were preferences, it is still what was chosen. */
export const THEME_KEY = "quicksand:theme";

/** What is remembered of an account: its preferences, and the changes that it has not taken over yet. */
interface Mirror {
  user: string;
  preferences: Preferences;
  unsent: PreferencesChange;
}

/** Who the preferences belong to, as far as it is known. */
export interface Owner {
  id: string;
  preferences: Preferences;
}

export interface PreferencesOptions {
  storage: TextStorage;
  /** Puts a change into the account; answers what the account has then. */
  send: (change: PreferencesChange) => Promise<Preferences>;
  /** What the account has now, for whoever else on the page shows the account. */
  onSent: (preferences: Preferences) => void;
  /** The account did not take a change over. It is kept here and sent again with the next one. */
  onFailure: (error: unknown) => void;
  /** How long changes are gathered before they are sent: a slider makes one for each step. */
  delayMs: number;
}

export interface PreferenceStore {
  get(): Preferences;
  subscribe(listener: () => void): () => void;
  /** Shows a change at once; keeps it here for a guest, and in the account for its owner. */
  change(patch: PreferencesChange): void;
  /** Tells whose browser this is: `null` is a guest. An account's own values go before those of this browser. */
  adopt(owner: Owner | null): void;
  /** Sends now what waits: the page may be gone in a moment. */
  flush(): void;
  /** Another tab has written to the storage. */
  reload(): void;
}

export function createPreferences(options: PreferencesOptions): PreferenceStore {
  const { storage } = options;
  const listeners = new Set<() => void>();
  let mirror = readMirror(storage);
  let current = effective();
  /** What the server last told, to tell news from what is only told once more. */
  let told = "";
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

  function keep(next: Mirror | null): void {
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
      told = telling({ id: user, preferences });
      keep({ user, preferences, unsent: without(mirror.unsent, unsent) });
      options.onSent(preferences);
      if (Object.keys(mirror.unsent).length > 0) sendSoon(); // more was changed while this was under way
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
        keep({ ...mirror, unsent: { ...mirror.unsent, ...patch } });
        sendSoon();
        return;
      }
      storage.set(GUEST_KEY, JSON.stringify({ ...readGuest(storage), ...patch }));
      show();
    },
    adopt(owner) {
      if (owner === null) {
        told = "";
        if (mirror) keep(null);
        return;
      }
      const news = telling(owner);
      const { id: user, preferences } = owner;
      const unsent = mirror?.user === user ? mirror.unsent : {};
      if (mirror?.user === user && news === told) return;
      told = news;
      keep({ user, preferences, unsent });
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

function telling(owner: Owner): string {
  return JSON.stringify([owner.id, owner.preferences]);
}

function readGuest(storage: TextStorage): Preferences {
  const kept = parse(storage.get(GUEST_KEY));
  return preferencesSchema.parse({ theme: storage.get(THEME_KEY), ...(isRecord(kept) ? kept : {}) });
}

function readMirror(storage: TextStorage): Mirror | null {
  const kept = parse(storage.get(ACCOUNT_KEY));
  if (!isRecord(kept) || typeof kept.user !== "string" || !isRecord(kept.preferences)) return null;
  const preferences = preferencesSchema.parse(kept.preferences);
  const unsent = isRecord(kept.unsent) ? kept.unsent : {};
  // By way of the schema: what was written by another version may not fit this one's account.
  const whole: Preferences = preferencesSchema.parse({ ...preferences, ...unsent });
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
    // Broken JSON is as good as none.
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** What of `changes` was changed again since `sent` was sent. */
function without(changes: PreferencesChange, sent: PreferencesChange): PreferencesChange {
  const names = (Object.keys(changes) as (keyof PreferencesChange)[]).filter(
    (name) => changes[name] !== sent[name],
  );
  return Object.fromEntries(names.map((name) => [name, changes[name]])) as PreferencesChange;
}

function same(a: Preferences, b: Preferences): boolean {
  return (Object.keys(a) as (keyof Preferences)[]).every((name) => a[name] === b[name]);
}

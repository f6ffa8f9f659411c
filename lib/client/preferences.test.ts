import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { preferencesSchema } from "../schemas/account";
import type { Preferences } from "../schemas/preferences";
import { createPreferences, type PreferencesChange } from "./preferences";
import { safeStorage } from "./storage";

const DEFAULTS = preferencesSchema.parse({});
const DELAY_MS = 500;

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

/** The delay of sending has passed, and what was sent is answered. */
async function afterDelay(): Promise<void> {
  mock.timers.tick(DELAY_MS);
  await new Promise((resolve) => setImmediate(resolve));
}

/** A browser's storage, and an account that takes changes over unless told to refuse. */
function browser(stored: Record<string, string> = {}) {
  const kept = new Map(Object.entries(stored));
  const storage = safeStorage(() => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  }));
  const sent: PreferencesChange[] = [];
  const failures: unknown[] = [];
  const account = { refuses: false, preferences: DEFAULTS };
  const open = () =>
    createPreferences({
      storage,
      delayMs: DELAY_MS,
      onSent: () => {},
      onFailure: (error) => failures.push(error),
      async send(change): Promise<Preferences> {
        sent.push(change);
        if (account.refuses) throw new Error("no");
        account.preferences = { ...account.preferences, ...change };
        return account.preferences;
      },
    });
  return { open, sent, failures, account };
}

test("a guest's preferences are kept in the browser and sent nowhere", async () => {
  const { open, sent } = browser();
  const store = open();
  store.setOwner(null);
  store.change({ fontSize: 18 });
  await afterDelay();
  assert.deepEqual(open().get(), { ...DEFAULTS, fontSize: 18 });
  assert.deepEqual(sent, []);
});

test("broken and foreign entries do not cost the good ones", () => {
  const { open } = browser({
    "quicksand:preferences:v1": '{"fontSize":900,"tabWidth":2}',
    "quicksand:account-preferences:v1": "{",
  });
  assert.deepEqual(open().get(), { ...DEFAULTS, tabWidth: 2 });
});

test("a theme that was chosen before there were preferences still holds", () => {
  assert.equal(browser({ "quicksand:theme": "dark" }).open().get().theme, "dark");
});

test("an account's values go before the browser's, which are back after signing out", () => {
  const { open } = browser();
  const store = open();
  store.change({ fontSize: 20, theme: "dark" });
  store.setOwner({ id: "u1", preferences: { ...DEFAULTS, fontSize: 11 } });
  assert.deepEqual(store.get(), { ...DEFAULTS, fontSize: 11 });
  store.setOwner(null);
  assert.deepEqual(store.get(), { ...DEFAULTS, fontSize: 20, theme: "dark" });
});

test("before the account is asked, the page has what the account had last time", () => {
  const { open } = browser();
  open().setOwner({ id: "u1", preferences: { ...DEFAULTS, keyMap: "vim" } });
  assert.equal(open().get().keyMap, "vim");
});

test("a slider's many steps are shown at once and sent as one change", async () => {
  const { open, sent } = browser();
  const store = open();
  store.setOwner({ id: "u1", preferences: DEFAULTS });
  for (const fontSize of [15, 16, 17]) store.change({ fontSize });
  store.change({ layout: "below" });
  assert.equal(store.get().fontSize, 17);
  mock.timers.tick(DELAY_MS - 1);
  assert.deepEqual(sent, []);
  await afterDelay();
  assert.deepEqual(sent, [{ fontSize: 17, layout: "below" }]);
});

test("what the account refuses is told, kept, and sent again from the next page", async () => {
  const { open, sent, failures, account } = browser();
  account.refuses = true;
  const store = open();
  store.setOwner({ id: "u1", preferences: DEFAULTS });
  store.change({ tabWidth: 8 });
  await afterDelay();
  assert.equal(failures.length, 1);
  assert.equal(store.get().tabWidth, 8);

  account.refuses = false;
  const next = open();
  assert.equal(next.get().tabWidth, 8);
  next.setOwner({ id: "u1", preferences: DEFAULTS });
  assert.equal(next.get().tabWidth, 8);
  await afterDelay();
  assert.deepEqual(sent, [{ tabWidth: 8 }, { tabWidth: 8 }]);
  assert.equal(account.preferences.tabWidth, 8);
});

test("one account's unsent changes never reach another", async () => {
  const { open, sent, account } = browser();
  account.refuses = true;
  const store = open();
  store.setOwner({ id: "u1", preferences: DEFAULTS });
  store.change({ tabWidth: 8 });
  await afterDelay();
  store.setOwner({ id: "u2", preferences: DEFAULTS });
  assert.equal(store.get().tabWidth, 4);
  await afterDelay();
  assert.equal(sent.length, 1);
});

test("a change from elsewhere is taken over, an answer that is told once more is not news", async () => {
  const { open } = browser();
  const store = open();
  const owner = { id: "u1", preferences: DEFAULTS };
  store.setOwner(owner);
  store.change({ fontSize: 22 });
  store.setOwner(owner);
  assert.equal(store.get().fontSize, 22);
  await afterDelay();
  store.setOwner({ id: "u1", preferences: { ...DEFAULTS, fontSize: 10 } });
  assert.equal(store.get().fontSize, 10);
});

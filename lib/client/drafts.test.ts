import assert from "node:assert/strict";
import { test } from "node:test";
import { createDrafts, draftLanguage, parseDraft } from "./drafts";
import { loadSettings, saveSettings } from "./settings";
import { safeStorage } from "./storage";

function fakeStorage({ full = false } = {}) {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
  };
}

const DRAFT = {
  code: "print(1)",
  stdin: "x\n",
  args: "-v",
  files: [{ path: "util.py", content: "x = 1" }],
  tests: [],
};

test("a draft comes back as it was kept, each language by itself", () => {
  const drafts = createDrafts(safeStorage(() => fake));
  const fake = fakeStorage();
  assert.equal(drafts.save("python", DRAFT), true);
  assert.deepEqual(drafts.load("python"), DRAFT);
  assert.equal(drafts.load("c"), null);
});

test("with storage full a draft lives as long as the page, and the caller is told", () => {
  const fake = fakeStorage({ full: true });
  const drafts = createDrafts(safeStorage(() => fake));
  assert.equal(drafts.save("python", DRAFT), false);
  assert.deepEqual(drafts.load("python"), DRAFT);
});

test("with storage blocked nothing throws", () => {
  const drafts = createDrafts(
    safeStorage(() => {
      throw new DOMException("denied", "SecurityError");
    }),
  );
  assert.equal(drafts.load("python"), null);
  assert.equal(drafts.save("python", DRAFT), false);
  assert.deepEqual(drafts.load("python"), DRAFT);
});

test("an entry that is broken, foreign or of another version counts as none", () => {
  for (const text of [
    null,
    "",
    "{",
    "null",
    "[]",
    '{"v":2,"code":"","stdin":"","args":""}',
    '{"v":1,"code":1}',
  ]) {
    assert.equal(parseDraft(text), null, String(text));
  }
});

test("a storage event names the language it is about", () => {
  assert.equal(draftLanguage("quicksand:draft:python"), "python");
  assert.equal(draftLanguage("quicksand:settings:v1"), null);
  assert.equal(draftLanguage(null), null);
});

test("one bad setting does not cost the others", () => {
  const fake = fakeStorage();
  const storage = safeStorage(() => fake);
  saveSettings(storage, { ...loadSettings(storage), language: "cpp", wrap: false });
  const [key] = fake.items.keys();
  fake.items.set(key ?? "", '{"language":"cpp","wrap":"yes","split":{"horizontal":400}}');
  const settings = loadSettings(storage);
  assert.equal(settings.language, "cpp");
  assert.equal(settings.wrap, true);
  assert.equal(settings.split.horizontal, 56);
});

test("settings that are not JSON give the defaults", () => {
  const storage = safeStorage(() => ({ getItem: () => "{", setItem: () => undefined }));
  assert.equal(loadSettings(storage).language, "");
});

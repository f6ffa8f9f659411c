import assert from "node:assert/strict";
import { test } from "node:test";
import { draftKeys, parseDraft } from "./drafts";
import { loadSettings, saveSettings } from "./settings";
import { safeStorage } from "./storage";

function fakeStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
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

test("a draft of an earlier version comes back as it was kept, each language by itself", () => {
  const fake = fakeStorage();
  const storage = safeStorage(() => fake);
  const { tests: _, ...written } = DRAFT;
  fake.setItem("quicksand:draft:python", JSON.stringify({ v: 1, ...written }));
  assert.deepEqual(
    draftKeys(storage, "python").map((key) => parseDraft(storage.get(key))),
    [DRAFT],
  );
  assert.deepEqual(draftKeys(storage, "c"), []);
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

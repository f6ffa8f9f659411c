import assert from "node:assert/strict";
import { test } from "node:test";
import { type Draft, draftKeys, parseDraft, sameDraft } from "./drafts";
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

const DRAFT: Draft = {
  code: "print(1)",
  stdin: "x\n",
  args: "-v",
  files: [{ path: "util.py", content: "x = 1" }],
  tests: [{ name: "small", stdin: "1\n", expected: "1\n", compare: { tolerance: 0.1 } }],
};

test("a draft of an earlier version comes back as it was kept, each language by itself", () => {
  const fake = fakeStorage();
  const storage = safeStorage(() => fake);
  const { tests: _, ...written } = DRAFT;
  fake.setItem("quicksand:draft:python", JSON.stringify({ v: 1, ...written }));
  assert.deepEqual(
    draftKeys(storage, "python").map((key) => parseDraft(storage.get(key))),
    [{ ...DRAFT, tests: [] }],
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

test("a draft of before there were tests has none, and broken tests do not cost the program", () => {
  for (const tests of [undefined, "x", [{ stdin: 1 }]]) {
    const kept = JSON.stringify({ ...DRAFT, v: 1, tests });
    assert.deepEqual(parseDraft(kept), { ...DRAFT, tests: [] });
  }
});

test("a draft with another test is another draft", () => {
  const [test] = DRAFT.tests;
  assert.ok(test);
  const { expected: _, ...rest } = test;
  for (const tests of [[], [test, test], [{ ...test, name: "big" }], [{ ...rest, expected: "2" }]]) {
    assert.equal(sameDraft(DRAFT, { ...DRAFT, tests }), false);
  }
  assert.equal(sameDraft(DRAFT, { ...DRAFT, tests: [{ ...test }] }), true);
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

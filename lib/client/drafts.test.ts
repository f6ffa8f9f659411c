import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../languages/cpp";
import { type Draft, draftKeys, draftOf, knownDraft, parseDraft, sameDraft } from "./drafts";
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

test("what is chosen of the language's options is part of a draft, in whatever order; nothing chosen is nothing", () => {
  const chosen = { ...DRAFT, options: { standard: "c++23", warnings: "off" } };
  assert.ok(sameDraft(chosen, { ...DRAFT, options: { warnings: "off", standard: "c++23" } }));
  assert.ok(!sameDraft(chosen, DRAFT));
  assert.ok(!sameDraft(chosen, { ...DRAFT, options: { standard: "c++23" } }));
  assert.ok(sameDraft({ ...DRAFT, options: {} }, DRAFT));
});

test("options that the language does not have are left out of a draft, and a draft without them stays itself", () => {
  const language = { options: [...(cpp.options ?? [])] };
  const old = { ...DRAFT, options: { standard: "c++98", optimization: "o2", modules: "on" } };
  assert.deepEqual(knownDraft(old, language).options, { optimization: "o2" });
  assert.equal(knownDraft(old, { options: [] }).options, undefined);
  const today = { ...DRAFT, options: { standard: "c++17" } };
  assert.equal(knownDraft(today, language), today);
  assert.equal(knownDraft(DRAFT, language), DRAFT);
});

test("a stored run gives its options back with its program", () => {
  const { args: _, ...rest } = DRAFT;
  const request = { ...rest, language: "cpp", args: ["-v"], files: [], tests: [], mode: "batch" as const };
  assert.deepEqual(draftOf({ request: { ...request, options: { standard: "c++23" } } }).options, {
    standard: "c++23",
  });
  assert.ok(!("options" in draftOf({ request })));
});

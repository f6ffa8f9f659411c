import assert from "node:assert/strict";
import { test } from "node:test";
import type { LanguageInfo } from "../schemas/language";
import { apart, pollMs, preparingText } from "./language-progress";
import { languageInfo } from "./testing/language-info";

/** As they come with an answer: objects of its own. */
function answer(percent?: number, ready = false): LanguageInfo[] {
  const preparing = { message: "Building the Haskell image", ...(percent === undefined ? {} : { percent }) };
  return [
    languageInfo("python", "Python", "py"),
    { ...languageInfo("haskell", "Haskell", "hs"), ready, ...(percent === undefined ? {} : { preparing }) },
    { ...languageInfo("ruby", "Ruby", "rb"), ready: false },
  ];
}

test("the progress is told in one line, with the percentage where it is known", () => {
  assert.equal(
    preparingText({ name: "Haskell" }, { message: "Building the Haskell image", percent: 40 }),
    "Getting Haskell ready: Building the Haskell image, 40 %. It is done once; you can write meanwhile.",
  );
  assert.equal(
    preparingText({ name: "D" }, { message: "Waiting for the images of other languages…" }),
    "Getting D ready: Waiting for the images of other languages. It is done once; you can write meanwhile.",
  );
});

test("while only the progress changes, the languages stay the same objects", () => {
  const first = apart(answer(10), null);
  const next = apart(answer(20), first.languages);
  assert.equal(next.languages, first.languages);
  assert.deepEqual(next.preparing, { haskell: { message: "Building the Haskell image", percent: 20 } });
  const made = apart(answer(undefined, true), next.languages);
  assert.deepEqual(made.preparing, {});
  assert.notEqual(made.languages, next.languages);
  assert.equal(made.languages[1]?.ready, true);
  assert.equal(made.languages[0], first.languages[0], "and those that did not change still are");
});

test("languages that are offered no more, or in another order, are another list", () => {
  const { languages } = apart(answer(), null);
  assert.deepEqual(
    apart(answer().slice(1), languages).languages.map(({ id }) => id),
    ["haskell", "ruby"],
  );
  assert.deepEqual(
    apart(answer().toReversed(), languages).languages.map(({ id }) => id),
    ["ruby", "haskell", "python"],
  );
});

test("a page asks again only until its language is ready, and often while something is being made", () => {
  const quiet = apart(answer(), null);
  const busy = apart(answer(10), null);
  assert.deepEqual(
    [pollMs(busy, "haskell"), pollMs(busy, "ruby"), pollMs(quiet, "ruby")],
    [2_000, 2_000, 15_000],
  );
  assert.deepEqual([pollMs(busy, "python"), pollMs(busy, undefined), pollMs(null, "haskell")], [0, 0, 0]);
  assert.equal(pollMs(busy, ""), 0, "the first language, which is ready");
});

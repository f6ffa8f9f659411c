import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../../lib/languages";
import { chosenLanguages, oneForEachImage } from "../chosen-languages";
import { listText, removedText } from "./image-texts";

const [python, javascript, , c] = LANGUAGES;
assert.ok(python && javascript && c);
const ids = (words: string[]) => chosenLanguages(words, LANGUAGES).map(({ id }) => id);

test("languages are named by id, alias, core and all, each once and in the picker's order", () => {
  assert.deepEqual(ids(["go", "py", "python"]), ["python", "go"]);
  assert.deepEqual(ids(["all", "lua"]).length, LANGUAGES.length);
  assert.ok(ids(["core", "lua"]).includes("lua"));
  assert.throws(() => ids(["pyton"]), /There is no language "pyton"\. Did you mean python/);
  assert.throws(() => ids(["constructor"]), /There is no language "constructor"/);
});

test("languages that share an image are one piece of work, unless one of them has another image", () => {
  const shared = chosenLanguages(["c", "cpp"], LANGUAGES);
  const one = (named: [string, string][]) => oneForEachImage(shared, new Map(named)).map(({ id }) => id);
  assert.deepEqual(one([]), ["c"]);
  assert.deepEqual(one([["c", "gcc:14"]]), ["c", "cpp"]);
});

test("the list says of each image what it is called, whether it is there, and how large it is", () => {
  const text = listText({
    images: [
      { language: python, tag: "quicksand/python:0123456789ab", named: false, bytes: 135_677_420 },
      { language: javascript, tag: "node:26", named: true, bytes: 1_100_000_000 },
      { language: c, tag: "quicksand/cpp:0123456789ab", named: false, bytes: null },
    ],
    bytes: 200_000_000,
    prunableBytes: 50_000_000,
  });
  assert.equal(
    text,
    `  language    id          image                          state           size
  Python      python      quicksand/python:0123456789ab  ready         136 MB
  JavaScript  javascript  node:26                        named by you  1.1 GB
  C           c           quicksand/cpp:0123456789ab     not made           –

2 of 3 languages are ready. All images of ours take 200 MB, 50 MB of it by old ones, which --prune removes; what they share is counted once.`,
  );
});

test("what was removed is told with what became free, what is in use with who uses it", () => {
  assert.equal(
    removedText({
      removed: ["quicksand/lua:0123456789ab", `sha256:${"a".repeat(64)}`],
      kept: [{ image: "quicksand/go:0123456789ab", containers: ["one", "two", "three", "four"] }],
      bytes: 94_282_444,
    }),
    `Removed quicksand/lua:0123456789ab.
Removed sha256:aaaaaaaaaaaa.
Kept quicksand/go:0123456789ab: 4 containers use it (one, two, three and 1 more); stop Quicksand first.
94.3 MB became free.`,
  );
  assert.equal(removedText({ removed: [], kept: [], bytes: 0 }), "Nothing was removed.");
});

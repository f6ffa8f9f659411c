import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, type Language } from "../languages";
import { ImageHints } from "./image-hints";

function languageOf(id: string): Language {
  const language = LANGUAGES.find((one) => one.id === id);
  assert.ok(language);
  return language;
}

const HASKELL = languageOf("haskell");
const RUBY = languageOf("ruby");
const LUA = languageOf("lua");

/** Hints whose preparations end when the test says so. */
function open() {
  const begun: string[] = [];
  const failures: string[] = [];
  const ends = new Map<string, { done: () => void; fail: (cause: Error) => void }>();
  let at = 0;
  const hints = new ImageHints({
    prepare: ({ id }) =>
      new Promise<void>((done, fail) => {
        begun.push(id);
        ends.set(id, { done, fail });
      }),
    onFailure: ({ id }, cause) => failures.push(`${id}: ${String(cause)}`),
    now: () => at,
  });
  return {
    ...{ hints, begun, failures },
    async end(id: string, cause?: Error) {
      if (cause) ends.get(id)?.fail(cause);
      else ends.get(id)?.done();
      await new Promise((resolve) => setImmediate(resolve));
    },
    later(ms: number) {
      at += ms;
    },
  };
}

test("two images are made at once, the others in turn, each once however often it is asked for", async () => {
  const { hints, begun, end } = open();
  for (const language of [HASKELL, RUBY, LUA, HASKELL, LUA]) hints.begin(language);
  assert.deepEqual(begun, ["haskell", "ruby"]);
  assert.match(hints.progress(HASKELL)?.message ?? "", /Preparing Haskell/);
  assert.match(hints.progress(LUA)?.message ?? "", /Waiting/);
  await end("haskell");
  assert.deepEqual(begun, ["haskell", "ruby", "lua"]);
  assert.equal(hints.progress(HASKELL), null);
  await end("ruby");
  await end("lua");
  assert.equal(begun.length, 3);
});

test("what failed is told once, no longer in progress, and tried again after five minutes", async () => {
  const { hints, begun, failures, end, later } = open();
  hints.begin(RUBY);
  await end("ruby", new Error("no network"));
  assert.deepEqual(failures, ["ruby: Error: no network"]);
  assert.equal(hints.progress(RUBY), null);
  hints.begin(RUBY);
  later(299_999);
  hints.begin(RUBY);
  assert.equal(begun.length, 1);
  later(1);
  hints.begin(RUBY);
  assert.equal(begun.length, 2);
});

test("a failure makes room for the next, and nothing is begun after the end", async () => {
  const { hints, begun, end } = open();
  for (const language of [HASKELL, RUBY, LUA]) hints.begin(language);
  await end("ruby", new Error("no network"));
  assert.deepEqual(begun, ["haskell", "ruby", "lua"]);
  hints.begin(languageOf("go"));
  hints.close();
  hints.begin(languageOf("php"));
  await end("haskell");
  await end("lua");
  assert.equal(begun.length, 3);
  assert.equal(hints.progress(languageOf("go")), null);
});

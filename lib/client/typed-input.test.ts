import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_INPUT_BYTES } from "../schemas/limits";
import { inputChunks, splitLines, typedInput } from "./typed-input";

test("input from the page ends with a newline and has LF alone", () => {
  assert.equal(typedInput("60"), "60\n");
  assert.equal(typedInput("1\n2\n"), "1\n2\n");
  assert.equal(typedInput("1\r\n2\r\n"), "1\n2\n");
  assert.equal(typedInput("old Mac\rlines"), "old Mac\nlines\n");
  assert.equal(typedInput(""), "");
  assert.equal(typedInput("\n\n"), "\n\n");
});

test("what was pasted into the live field is sent by whole lines, and the rest stays", () => {
  assert.deepEqual(splitLines("one\r\ntwo\nthr"), { complete: "one\ntwo\n", rest: "thr" });
  assert.deepEqual(splitLines("thr"), { complete: "", rest: "thr" });
  assert.deepEqual(splitLines("three\n"), { complete: "three\n", rest: "" });
  assert.deepEqual(splitLines("\n"), { complete: "\n", rest: "" });
});

test("long input is sent in pieces that the server takes, with no character cut", () => {
  for (const text of [
    "x".repeat(200_000),
    "🙂".repeat(50_000),
    `a${"🙂".repeat(50_000)}`,
    "語".repeat(100_000),
  ]) {
    const chunks = inputChunks(text);
    assert.equal(chunks.join(""), text);
    for (const chunk of chunks) {
      assert.ok(new TextEncoder().encode(chunk).length <= MAX_INPUT_BYTES);
      assert.ok(!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(chunk));
    }
  }
  assert.deepEqual(inputChunks(""), []);
});

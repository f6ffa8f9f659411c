import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, packedBytes, unpack } from "./packed";

test("every text comes back as it was, long or short, with control characters, quotes or half characters", () => {
  const texts = ["\u0001".repeat(5_000), '"\\\n'.repeat(400), "é€😀".repeat(300), "\0".repeat(300), "short"];
  const value = {
    a: texts,
    half: `\ud800${"x".repeat(600)}`,
    deep: { n: 1.5, none: null, yes: true, list: [] },
  };
  const packed = pack(value);
  assert.deepEqual(unpack(packed), value);
});

test("a text of control characters takes its own bytes, not six times as many", () => {
  const packed = pack({ stdout: "\u0001".repeat(1_000_000) });
  assert.ok(packedBytes(packed) < 1_000_100, `${packedBytes(packed)} bytes`);
});

test("a value without long texts is plain JSON", () => {
  const value = { stdout: "4\n", tests: [{ actual: "x".repeat(255) }] };
  assert.deepEqual(pack(value), { json: JSON.stringify(value), texts: null });
  assert.deepEqual(unpack({ json: JSON.stringify(value), texts: null }), value);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { PLANS } from "../../plans";
import { MAX_CODE_BYTES } from "../../schemas/limits";
import { argvOf } from "../language";
import { cpp } from ".";

const { limits } = PLANS.guest;

function usesLight(text: string): boolean {
  assert.ok(cpp.compile);
  return argvOf(cpp.compile, {
    limits: limits.compile,
    ownImage: true,
    files: [{ path: "main.cpp", content: text }],
  }).includes("-isystem");
}

test("a number with a unit of time calls for the whole header, however it is written", () => {
  for (const duration of ["10ms", "1'000ms", "1.s", "1.5h", "0x1Fs", "2min", "3us", "7ns", "2026y", "5d"])
    assert.equal(usesLight(`cout << ${duration};`), false, duration);
  for (const other of [
    "p.y = a.d",
    "dp[1000000007]",
    "1e9+7",
    "0x3f3f3f3f",
    "1LL << 60",
    "0.5f",
    'scanf("%d")',
  ])
    assert.equal(usesLight(`x = ${other};`), true, other);
});

test("no text, however long, holds up the server while its words are looked for", () => {
  for (const part of ["1.", "1'", "0xF'", "0x", "1", "0", "F'"]) {
    const text = part.repeat(MAX_CODE_BYTES / part.length);
    // Ends the search from outside: what takes time in proportion to the text's square would take longer.
    runInNewContext("usesLight(text)", { usesLight, text }, { timeout: 5_000 });
  }
});

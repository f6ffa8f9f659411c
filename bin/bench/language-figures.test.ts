import assert from "node:assert/strict";
import { test } from "node:test";
import { tellingLine } from "./language-figures";

test("a version is told by the first line with a number, in its tool's own words, not too long", () => {
  assert.equal(tellingLine("Lua 5.4.7  Copyright\n"), "Lua 5.4.7  Copyright");
  assert.equal(tellingLine("\nThis is perl 5, version 40\n\nCopyright 1987\n"), "This is perl 5, version 40");
  assert.equal(tellingLine("Welcome to Rakudo\nv2024.12\n"), "v2024.12");
  assert.equal(tellingLine("no number\n"), "no number");
  assert.equal(tellingLine(""), "–");
  assert.equal(tellingLine(`1${"x".repeat(80)}`).length, 48);
});

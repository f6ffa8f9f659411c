import assert from "node:assert/strict";
import { test } from "node:test";
import { joinArgs, splitArgs } from "./args";

test("arguments are split at white space and kept together by quotes and backslashes", () => {
  const cases: [string, string[]][] = [
    ["", []],
    ["  a   b\tc ", ["a", "b", "c"]],
    [`'a b' "c d" e\\ f`, ["a b", "c d", "e f"]],
    [`--name="Ada L" ''`, ["--name=Ada L", ""]],
    [`'a\\b' "a\\"b"`, ["a\\b", 'a"b']],
    ["$HOME `id` *", ["$HOME", "`id`", "*"]],
    ["end\\", ["end\\"]],
  ];
  for (const [line, args] of cases) assert.deepEqual(splitArgs(line), { ok: true, args }, line);
});

test("a quote that is not closed is said", () => {
  const result = splitArgs(`a 'b`);
  assert.equal(result.ok, false);
});

test("arguments joined to a line are split into the same again", () => {
  const args = ["plain", "", "a b", `it's`, 'say "x"', "back\\slash", "--name=Ada L", "tab\there"];
  assert.deepEqual(splitArgs(joinArgs(args)), { ok: true, args });
  assert.equal(joinArgs(["-n", "3"]), "-n 3");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Compare } from "../schemas/run-test";
import { diffLines } from "./line-diff";

const SIGNS = { same: " ", missing: "-", extra: "+" } as const;

function signed(expected: string, actual: string, compare: Compare = "trimmed"): string[] {
  return diffLines(expected, actual, compare).map(
    ({ kind, text, open }) => `${SIGNS[kind]}${text}${open ? "$" : ""}`,
  );
}

test("lines that are in both stand once, the others where they belong", () => {
  assert.deepEqual(signed("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n"), [" a", "-b", "+x", " c", " d", "+e"]);
  assert.deepEqual(signed("a\nb\n", ""), ["-a", "-b"]);
  assert.deepEqual(signed("", "a\n"), ["+a"]);
  assert.deepEqual(signed("same\n", "same"), [" same"]);
});

test("what a comparison does not count is no difference, and what it counts is", () => {
  assert.deepEqual(signed("a\nb\n", "a \r\nB\n\n"), [" a", "-b", "+B"]);
  assert.deepEqual(signed("a\n", "a \n", "exact"), ["-a", "+a "]);
  assert.deepEqual(signed("a\n", "a", "exact"), ["-a", "+a$"]);
  assert.deepEqual(signed("a\n\n", "a\n", "exact"), [" a", "-"]);
  assert.deepEqual(signed("1.0\n2\n", "1\n3\n", { tolerance: 1e-6 }), [" 1", "-2", "+3"]);
});

test("every line of both is there, in its order, for texts of any size", () => {
  let state = 1;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  for (const size of [5, 40, 190, 5_000]) {
    const text = () => Array.from({ length: next(size) + 1 }, () => "abc"[next(3)]).join("\n");
    const [expected, actual] = [text(), text()];
    const lines = diffLines(expected, actual, "exact");
    const of = (kind: string) =>
      lines
        .filter((line) => line.kind === "same" || line.kind === kind)
        .map(({ text }) => text)
        .join("\n");
    assert.equal(of("missing"), expected);
    assert.equal(of("extra"), actual);
  }
});

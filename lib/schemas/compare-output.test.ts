import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedLines, sameLine, sameOutput } from "./compare-output";
import type { Compare } from "./run-test";

const near = (tolerance: number): Compare => ({ tolerance });

function check(compare: Compare, same: [string, string][], different: [string, string][]): void {
  for (const [a, b] of same) assert.equal(sameOutput(a, b, compare), true, JSON.stringify([a, b]));
  for (const [a, b] of different) assert.equal(sameOutput(a, b, compare), false, JSON.stringify([a, b]));
}

test("exact is character for character", () => {
  check(
    "exact",
    [
      ["", ""],
      ["a \n", "a \n"],
    ],
    [
      ["a", "a\n"],
      ["a ", "a"],
      ["a\r\n", "a\n"],
      ["é", "e\u0301"],
    ],
  );
});

test("trimmed ignores white space at line ends and empty lines at the end, and nothing else", () => {
  check(
    "trimmed",
    [
      ["a\n", "a"],
      ["a  \t\nb\r\n", "a\nb"],
      ["a\n\n \n\t\r\n", "a"],
      ["", " \n\n"],
      ["a\v\f", "a"],
    ],
    [
      [" a", "a"],
      ["a\n\nb", "a\nb"],
      ["\na", "a"],
      ["a b", "a  b"],
      ["a\u00a0", "a"],
      ["a\ufeff", "a"],
      ["A", "a"],
      ["1.0", "1"],
    ],
  );
});

test("a tolerance is absolute or relative to the expected number, whichever allows more", () => {
  check(
    near(1e-6),
    [
      ["0.3333333", "0.333333"],
      ["1000000.9", "1000000"],
      ["-0", "0"],
      ["1e3 .5 5.", "1000 0.5 +5"],
      ["1\n2  3\n", "1 2\n3"],
      ["word 1.0", "word 1"],
      ["", "\n"],
    ],
    [
      ["1.00001", "1"],
      ["1 2", "1 2 3"],
      ["1 2 3", "1 2"],
      ["word", "Word"],
      ["1.0x", "1x"],
      ["0x10", "16"],
      ["1,5", "1.5"],
      ["1", "one"],
    ],
  );
  check(near(0), [["1.50", "1.5"]], [["1.5", "1.5000001"]]);
  check(
    near(0.5),
    [
      ["1.5", "1"],
      ["150", "100"],
    ],
    [
      ["1.6", "1"],
      ["151", "100"],
      ["100", "201"],
    ],
  );
});

test("what is not a number is like nothing but itself, and so is what is infinite", () => {
  check(
    near(1e6),
    [
      ["nan", "NaN"],
      ["-nan", "nan"],
      ["inf", "Infinity"],
      ["-INF", "-inf"],
      ["1e999", "inf"],
    ],
    [
      ["nan", "0"],
      ["0", "nan"],
      ["inf", "-inf"],
      ["inf", "1e300"],
      ["1e300", "inf"],
      ["info", "inf"],
    ],
  );
});

/** The same sequence in every run, so that a failure can be looked at. */
function* random(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

test("properties: every text is like itself; a stricter comparison implies a looser one; sides may be swapped", () => {
  const numbers = random(7);
  const next = (below: number) => Math.floor(numbers.next().value * below);
  const parts = ["a", "1", "1.0", " ", "\n", "\t", "\r\n", "nan", "-", "2e3", "\u00a0", ""];
  const text = () => Array.from({ length: next(6) }, () => parts[next(parts.length)]).join("");
  let same = 0;
  for (let round = 0; round < 20_000; round++) {
    const [a, b] = [text(), text()];
    for (const compare of ["exact", "trimmed", near(0), near(0.5)] as const) {
      assert.ok(sameOutput(a, a, compare));
    }
    const [exact, trimmed, zero] = (["exact", "trimmed", near(0)] as const).map((c) => sameOutput(a, b, c));
    if (exact) assert.ok(trimmed);
    if (trimmed) assert.ok(zero, JSON.stringify([a, b]));
    for (const compare of ["exact", "trimmed", near(0)] as const) {
      assert.equal(sameOutput(a, b, compare), sameOutput(b, a, compare));
    }
    if (trimmed) same += 1;
    // A difference of the whole is a difference of lines.
    const [left, right] = [comparedLines(a, "trimmed"), comparedLines(b, "trimmed")];
    const lines =
      left.length === right.length && left.every((line, at) => sameLine(line, right[at] ?? "", "trimmed"));
    assert.equal(lines, trimmed);
  }
  assert.ok(same > 500, `${same} pairs were the same`);
});

test("megabytes of what could take long take no longer than megabytes of anything", () => {
  const MB = 1_048_576;
  // Quadratic time would be hours for each of these, far beyond the test runner's patience.
  const hard = [" ".repeat(MB), "1".repeat(MB), "\n".repeat(MB), "1 ".repeat(MB / 2), `${"1".repeat(MB)}x`];
  for (const text of hard) {
    for (const compare of ["exact", "trimmed", near(1e-9)] as const) {
      assert.equal(sameOutput(`${text}y`, `${text}z`, compare), false);
      assert.equal(sameOutput(text, text, compare), true);
    }
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { marksAfter } from "./run-marks";

const LINES = ["import os", "", "print(1 // 0)", "print(2)"];
const MARK = {
  diagnostic: { line: 3, column: 7, severity: "error", message: "no" } as const,
  line: "print(1 // 0)",
};

/** The lines of the mark after an edit: `from` to `to` (inclusive) replaced by `text`, which leaves `lines`. */
function after(from: number, to: number, text: string, lines: readonly string[]): readonly number[] {
  const change = { range: { startLineNumber: from, endLineNumber: to }, text };
  return marksAfter([MARK], [change], (line) => lines[line - 1]).map(({ diagnostic }) => diagnostic.line);
}

test("a mark stays while other lines change, and goes when its own does", () => {
  assert.deepEqual(after(4, 4, "x", ["import os", "", "print(1 // 0)", "print(2)x"]), [3]);
  assert.deepEqual(after(1, 1, "x", ["import osx", "", "print(1 // 0)", "print(2)"]), [3]);
  assert.deepEqual(after(3, 3, "x", ["import os", "", "print(1 // 0)x", "print(2)"]), []);
});

test("a mark moves with its line", () => {
  assert.deepEqual(
    after(1, 1, "\nimport re\n", ["import os", "import re", "", "", "print(1 // 0)", "print(2)"]),
    [5],
  );
  assert.deepEqual(after(1, 2, "", ["import os", "print(1 // 0)", "print(2)"]), [2]);
});

test("a line break before or behind the marked line is no change of it", () => {
  assert.deepEqual(after(3, 3, "\n", ["import os", "", "", "print(1 // 0)", "print(2)"]), [4]);
  assert.deepEqual(after(3, 3, "\n", ["import os", "", "print(1 // 0)", "", "print(2)"]), [3]);
});

test("a mark goes with its text", () => {
  assert.deepEqual(after(1, 4, "", [""]), []);
  assert.deepEqual(after(2, 3, "", ["import os", "print(2)"]), []);
  assert.deepEqual(marksAfter([MARK], [], (line) => LINES[line - 1]).length, 1);
});

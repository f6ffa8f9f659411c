import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("each message is marked at its figure in the line above", () => {
  const output = [
    '1     INT a = x + y; INT b = "abc"; print(a',
    "              1   2          3             ",
    'a68g: error: 1: tag "x" has not been declared properly, in particular-program.',
    'a68g: error: 2: tag "y" has not been declared properly, in particular-program.',
    "a68g: error: 3: [] CHAR cannot be coerced to INT in a strong-unit, in particular-program.",
    "7     x;",
    "      1 ",
    "a68g: warning: 1: value of INT identifier will be voided, in particular-program.",
  ].join("\n");
  assert.deepEqual(
    editor.findDiagnostics(output, "main.a68").map(({ line, column, severity }) => [line, column, severity]),
    [
      [1, 9, "error"],
      [1, 13, "error"],
      [1, 24, "error"],
      [7, 1, "warning"],
    ],
  );
});

test("an error at the run is marked, also in a file that is read by another", () => {
  const output = [
    "",
    "2       IF n = 0 THEN print(1 % n) FI;",
    "                              1       ",
    "a68g: /tmp/work/half.a68: runtime error: 1: attempt at INT division by zero, in this line.",
  ].join("\n");
  const sources = [
    { path: "main.a68", content: 'PR read "half.a68" PR\n' },
    { path: "half.a68", content: "(\n  IF n = 0 THEN print(1 % n) FI;\n" },
  ];
  const message = "attempt at INT division by zero, in this line.";
  assert.deepEqual(editor.findDiagnostics(output, "main.a68", sources), [
    { file: "half.a68", line: 2, column: 25, severity: "error", message },
  ]);
  assert.deepEqual(editor.findDiagnostics(output, "main.a68"), []);
});

test("where a line is not shown as it was written, its column is not known", () => {
  const output = [
    '2     print(("\\c3\\bc", i));',
    "                       1   ",
    "a68g: runtime error: 1: attempt to use an uninitialised INT value.",
  ].join("\n");
  const sources = [{ path: "main.a68", content: 'INT i;\nprint(("ü", i));\n' }];
  assert.deepEqual(editor.findDiagnostics(output, "main.a68", sources), [
    {
      line: 2,
      column: null,
      severity: "error",
      message: "attempt to use an uninitialised INT value.",
    },
  ]);
});

test("a comment or a string without an end is an error", () => {
  const output = '1     print("abc);\n            1      \na68g: 1: unterminated string.\n';
  assert.deepEqual(editor.findDiagnostics(output, "main.a68"), [
    { line: 1, column: 7, severity: "error", message: "unterminated string." },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = [
  { path: "main.m", content: "function r = half(n)\n  r = n / other(n);\nend\nhalf(0);\n" },
  { path: "other.m", content: "function r = other(n)\n  error('none');\nend\n" },
];

test("Octave's errors are found in the file whose function the innermost caller is", () => {
  const output = [
    "error: none",
    "error: called from",
    "    other at line 2 column 3",
    "    half at line 2 column 5",
    "    main at line 4 column 1",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.m", sources), [
    { file: "other.m", line: 2, column: 3, severity: "error", message: "none" },
  ]);
  assert.deepEqual(editor.findDiagnostics(output, "main.m"), [
    { line: 4, column: 1, severity: "error", message: "none" },
  ]);
});

test("Octave's syntax errors are found", () => {
  const output =
    "parse error near line 2 of file /tmp/work/main.m\n\n  syntax error\n\n>>> x = )\n        ^\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.m"), [
    { line: 2, column: null, severity: "error", message: "syntax error" },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.php", "lib/half.php"].map((path) => ({ path, content: "" }));

test("the line where a PHP exception was thrown is found once", () => {
  const output = [
    "",
    "Fatal error: Uncaught RuntimeException: none in /tmp/work/main.php:4",
    "Stack trace:",
    "#0 /tmp/work/main.php(9): half(0)",
    "#1 {main}",
    "  thrown in /tmp/work/main.php on line 4",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.php"), [
    { line: 4, column: null, severity: "error", message: "Uncaught RuntimeException: none" },
  ]);
});

test("PHP's syntax errors and warnings are found, also of other files", () => {
  const output = [
    'PHP Parse error:  syntax error, unexpected token ")" in /tmp/work/lib/half.php on line 3',
    "Warning: Undefined variable $x in /tmp/work/main.php on line 7",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.php", sources), [
    {
      file: "lib/half.php",
      line: 3,
      column: null,
      severity: "error",
      message: 'syntax error, unexpected token ")"',
    },
    { line: 7, column: null, severity: "warning", message: "Undefined variable $x" },
  ]);
});

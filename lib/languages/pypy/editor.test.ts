import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("PyPy's tracebacks are read, which name the line only", () => {
  const output = [
    "Traceback (most recent call last):",
    '  File "/tmp/work/main.py", line 6, in <module>',
    "    half(1)",
    '  File "/tmp/work/main.py", line 2, in half',
    "    return number // 0",
    "ZeroDivisionError: integer division by zero",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.py"), [
    { line: 2, column: null, severity: "error", message: "ZeroDivisionError: integer division by zero" },
  ]);
});

test("input that has ended is told from other mistakes", () => {
  assert.match("    name = input()\nEOFError\n", editor.endOfInput ?? /^$/);
});

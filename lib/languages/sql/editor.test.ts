import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("SQLite's errors are found where their statement begins", () => {
  const output = [
    'Parse error near line 3: near "FORM": syntax error',
    "  SELECT * FORM x;",
    "           ^--- error here",
    "Runtime error near line 7: CHECK constraint failed: x > 0 (19)",
    'Error: unknown command or invalid arguments:  "foo". Enter ".help" for help',
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.sql"), [
    { line: 3, column: null, severity: "error", message: 'near "FORM": syntax error' },
    { line: 7, column: null, severity: "error", message: "CHECK constraint failed: x > 0 (19)" },
  ]);
});

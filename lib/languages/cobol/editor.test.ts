import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("what cobc and its runtime say is found", () => {
  const output = [
    "main.cob:4: error: 'MISSING' is not defined",
    "main.cob:9: warning: line not terminated by a newline [-Wmissing-newline]",
    "main.cob: in paragraph 'ONE':",
    "libcob: main.cob:12: error: module 'nothing' not found",
    "libcob: error: never",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.cob"), [
    { line: 4, column: null, severity: "error", message: "'MISSING' is not defined" },
    { line: 9, column: null, severity: "warning", message: "line not terminated by a newline" },
    { line: 12, column: null, severity: "error", message: "module 'nothing' not found" },
  ]);
});

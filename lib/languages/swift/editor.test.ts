import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("the compiler's errors are found once, though it repeats them below the line", () => {
  const output = [
    "/tmp/work/main.swift:2:12: error: cannot find 'missing' in scope",
    "1 | func half() -> Int {",
    "2 |     return missing / 2",
    "  |            `- error: cannot find 'missing' in scope",
    "3 | }",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.swift"), [
    { line: 2, column: 12, severity: "error", message: "cannot find 'missing' in scope" },
  ]);
});

test("what ends a program is found with its words, and not the library's own lines", () => {
  const output = [
    "Swift/ContiguousArrayBuffer.swift:600: Fatal error: Index out of range",
    "main/main.swift:3: Fatal error: none",
    "main/main.swift:4: Precondition failed",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.swift"), [
    { line: 3, column: null, severity: "error", message: "none" },
    { line: 4, column: null, severity: "error", message: "Precondition failed" },
  ]);
});

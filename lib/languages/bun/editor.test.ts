import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("a plain error, which Bun does not call by its name, is found", () => {
  const thrown = [
    '1 | throw new Error("none");',
    "          ^",
    "error: none",
    "      at /tmp/work/main.ts:1:7",
    "      at loadAndEvaluateModule (native:2)",
    "",
    "Bun v1.4.5 (Linux x64 baseline)",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(thrown, "main.ts"), [
    { line: 1, column: 7, severity: "error", message: "none" },
  ]);
});

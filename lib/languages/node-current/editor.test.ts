import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("an exception in a module is marked, and Node's own version below it is not taken for a place", () => {
  const output = [
    "file:///tmp/work/main.js:3",
    "throw new RangeError(name);",
    "      ^",
    "",
    "RangeError: none",
    "    at file:///tmp/work/main.js:3:7",
    "    at ModuleJob.run (node:internal/modules/esm/module_job:439:25)",
    "",
    "Node.js v26.10.0",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.js"), [
    { line: 3, column: 7, severity: "error", message: "RangeError: none" },
  ]);
});

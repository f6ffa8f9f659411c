import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("bash's errors are found", () => {
  assert.deepEqual(editor.findDiagnostics("main.sh: line 3: foo: command not found\n", "main.sh"), [
    { line: 3, column: null, severity: "error", message: "foo: command not found" },
  ]);
});

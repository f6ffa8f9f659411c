import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("what gcc says of Objective-C is found", () => {
  const output = [
    "main.m: In function ‘main’:",
    "main.m:5:5: warning: ‘Greeter’ may not respond to ‘-greet’",
    "    5 |     [[Greeter new] greet];",
    "      |     ^",
    "main.m:7:12: error: ‘missing’ undeclared (first use in this function)",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.m"), [
    { line: 5, column: 5, severity: "warning", message: "‘Greeter’ may not respond to ‘-greet’" },
    {
      line: 7,
      column: 12,
      severity: "error",
      message: "‘missing’ undeclared (first use in this function)",
    },
  ]);
});

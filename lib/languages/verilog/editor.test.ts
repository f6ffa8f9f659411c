import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("what iverilog says is found, with and without a word for how bad it is", () => {
  const output = [
    "main.v:4: syntax error",
    "main.v:3: error: Malformed statement",
    "main.v:9: warning: Port 1 (a) of half expects 8 bits, got 4.",
    "main.v:9:        : Padding 4 high bits of the port.",
    "main.v:12: error: Unable to bind wire/reg/memory `missing' in `main'",
    "2 error(s) during elaboration.",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.v"), [
    { line: 4, column: null, severity: "error", message: "syntax error" },
    { line: 3, column: null, severity: "error", message: "Malformed statement" },
    {
      line: 9,
      column: null,
      severity: "warning",
      message: "Port 1 (a) of half expects 8 bits, got 4.",
    },
    {
      line: 12,
      column: null,
      severity: "error",
      message: "Unable to bind wire/reg/memory `missing' in `main'",
    },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.awk", "half.awk"].map((path) => ({ path, content: "" }));

test("of gawk's syntax errors the place is found by its caret; the repeated line is no message", () => {
  const output = "gawk: main.awk:2:   print )\ngawk: main.awk:2:         ^ syntax error\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.awk"), [
    { line: 2, column: 9, severity: "error", message: "syntax error" },
  ]);
});

test("gawk's errors while a program runs are found, also while it reads input, and its warnings", () => {
  const output = [
    "gawk: main.awk:3: (FILENAME=- FNR=1) fatal: division by zero attempted",
    "gawk: half.awk:1: warning: regexp escape sequence `\\y' is not a known regexp operator",
    "gawk: cmd. line:1: fatal: none",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.awk", sources), [
    { line: 3, column: null, severity: "error", message: "division by zero attempted" },
    {
      file: "half.awk",
      line: 1,
      column: null,
      severity: "warning",
      message: "regexp escape sequence `\\y' is not a known regexp operator",
    },
  ]);
});

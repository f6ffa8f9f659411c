import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.pl", "half.pl"].map((path) => ({ path, content: "" }));

test("Prolog's syntax errors are found with their column, which counts from 0 there", () => {
  const output = "ERROR: /tmp/work/main.pl:2:5: Syntax error: Illegal start of term\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.pl"), [
    { line: 2, column: 6, severity: "error", message: "Syntax error: Illegal start of term" },
  ]);
});

test("what Prolog says in the line below a place is found, and warnings are warnings", () => {
  const output = [
    "Warning: /tmp/work/main.pl:3:",
    "Warning:    Singleton variables: [X]",
    "ERROR: /tmp/work/half.pl:5:",
    "ERROR:    catch/3: Unknown procedure: missing/0",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.pl", sources), [
    { line: 3, column: null, severity: "warning", message: "Singleton variables: [X]" },
    {
      file: "half.pl",
      line: 5,
      column: null,
      severity: "error",
      message: "catch/3: Unknown procedure: missing/0",
    },
  ]);
});

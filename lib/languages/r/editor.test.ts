import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.R", "half.R"].map((path) => ({ path, content: "" }));

test("R's syntax errors are found", () => {
  const output = [
    'Error in source("main.R", print.eval = TRUE) : ',
    "  main.R:2:6: unexpected ')'",
    '1: cat("fine\\n")',
    "2: x <- )",
    "        ^",
    "Execution halted",
  ].join("\n");
  const expected = { line: 2, column: 6, severity: "error", message: "unexpected ')'" } as const;
  assert.deepEqual(editor.findDiagnostics(output, "main.R"), [expected]);
  const short = "Error in source(\"main.R\", print.eval = TRUE) : main.R:2:6: unexpected ')'\n";
  assert.deepEqual(editor.findDiagnostics(short, "main.R"), [expected]);
});

test("R's errors and warnings are found where it names their place", () => {
  const output = [
    "Warning in half(1) (from half.R#1) : odd",
    "Error in half(0) (from main.R#2) : none",
    "Calls: source ... withVisible -> eval -> eval -> half",
    "Error in a.function.with.a.very.long.name(0) (from main.R#9) : ",
    "  a message that had no place beside it",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.R", sources), [
    { file: "half.R", line: 1, column: null, severity: "warning", message: "odd" },
    { line: 2, column: null, severity: "error", message: "none" },
    { line: 9, column: null, severity: "error", message: "a message that had no place beside it" },
  ]);
});

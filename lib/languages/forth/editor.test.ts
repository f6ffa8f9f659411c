import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.fs", "half.fs"].map((path) => ({ path, content: "" }));

test("Gforth's errors are found with the word that they are about", () => {
  const output = [
    "",
    "in file included from *OS command line*:-1",
    "main.fs:3: Undefined word",
    ">>>missing<<<",
    "Backtrace:",
    "$7F1B2C5A4A00 throw ",
    "$7F1B2C5B6B28 no.extensions ",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.fs"), [
    { line: 3, column: null, severity: "error", message: "Undefined word: missing" },
  ]);
});

test("Gforth's errors in other files of the program are found", () => {
  const output = "./half.fs:2: Division by zero\n0 >>>half<<< .\nBacktrace:\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.fs", sources), [
    { file: "half.fs", line: 2, column: null, severity: "error", message: "Division by zero: half" },
  ]);
});

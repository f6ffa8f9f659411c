import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("errors and warnings of fpc are found", () => {
  const output = [
    'main.pas(3,11) Error: Identifier not found "missing"',
    'main.pas(2,3) Warning: Variable "x" does not seem to be initialized',
    "main.pas(5) Fatal: There were 1 errors compiling module, stopping",
    "Fatal: Compilation aborted",
    "Error: /usr/bin/ppcx64 returned an error exitcode",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.pas"), [
    { line: 3, column: 11, severity: "error", message: 'Identifier not found "missing"' },
    { line: 2, column: 3, severity: "warning", message: 'Variable "x" does not seem to be initialized' },
    {
      line: 5,
      column: null,
      severity: "error",
      message: "There were 1 errors compiling module, stopping",
    },
  ]);
});

test("a runtime error is marked at the innermost line of the program", () => {
  const output = [
    "Runtime error 200 at $00000000004010DA",
    "  $00000000004010DA  HALF,  line 5 of main.pas",
    "  $0000000000401121  $main,  line 10 of main.pas",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.pas"), [
    { line: 5, column: null, severity: "error", message: "Runtime error 200" },
  ]);
});

test("an exception is marked with its name and words", () => {
  const output = [
    "An unhandled exception occurred at $0000000000401234:",
    'EConvertError: "x" is an invalid integer',
    "  $0000000000401234  $main,  line 6 of main.pas",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.pas"), [
    { line: 6, column: null, severity: "error", message: 'EConvertError: "x" is an invalid integer' },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("errors and deprecations of ldc2 are found, with and without columns", () => {
  const output = [
    "main.d(5,13): Error: undefined identifier `missing`",
    "main.d(7): Deprecation: function `main.old` is deprecated",
    "/usr/lib/ldc/x86_64-linux-gnu/include/d/std/stdio.d(1,1): Error: never",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.d"), [
    { line: 5, column: 13, severity: "error", message: "undefined identifier `missing`" },
    { line: 7, column: null, severity: "warning", message: "function `main.old` is deprecated" },
  ]);
});

test("what is thrown is marked where it was thrown", () => {
  const output = [
    "core.exception.ArrayIndexError@main.d(6): index [3] is out of bounds for array of length 3",
    "----------------",
    "??:? _d_arraybounds_index [0x55d0a6d7b4fc]",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.d"), [
    {
      line: 6,
      column: null,
      severity: "error",
      message: "core.exception.ArrayIndexError: index [3] is out of bounds for array of length 3",
    },
  ]);
});

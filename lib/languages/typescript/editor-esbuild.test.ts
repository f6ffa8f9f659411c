import assert from "node:assert/strict";
import { test } from "node:test";
import { findEsbuildDiagnostics } from "./editor-esbuild";

test("esbuild's errors are found, its columns counted from 1", () => {
  const output =
    '✘ [ERROR] Expected ";" but found "b"\n\n    main.ts:1:6:\n      1 │ let a b\n        ╵       ^\n';
  assert.deepEqual(findEsbuildDiagnostics(output, "main.ts"), [
    { line: 1, column: 7, severity: "error", message: 'Expected ";" but found "b"' },
  ]);
});

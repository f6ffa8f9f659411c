import assert from "node:assert/strict";
import { test } from "node:test";
import { findRuntimeDiagnostics } from "./editor-messages";

test("Deno's exceptions and syntax errors are found", () => {
  const thrown = [
    "error: Uncaught (in promise) RangeError: none",
    '  if (!value) throw new RangeError("none");',
    "                    ^",
    "    at half (file:///tmp/work/main.ts:6:21)",
    "    at file:///tmp/work/main.ts:9:1",
  ].join("\n");
  assert.deepEqual(findRuntimeDiagnostics(thrown, "main.ts"), [
    { line: 6, column: 21, severity: "error", message: "RangeError: none" },
  ]);
  const syntax =
    "error: The module's source code could not be parsed: Expression expected at file:///tmp/work/main.ts:2:22\n\n  const name: string = ;\n                       ~\n";
  assert.deepEqual(findRuntimeDiagnostics(syntax, "main.ts"), [
    { line: 2, column: 22, severity: "error", message: "Expression expected" },
  ]);
});

test("Bun's exceptions and syntax errors are found", () => {
  const thrown = [
    "5 | function half({ value }: Number): void {",
    '6 |   if (!value) throw new RangeError("none");',
    "                        ^",
    "RangeError: none",
    "      at half (/tmp/work/main.ts:6:21)",
    "      at /tmp/work/main.ts:9:1",
    "",
    "Bun v1.4.5 (Linux x64)",
  ].join("\n");
  assert.deepEqual(findRuntimeDiagnostics(thrown, "main.ts"), [
    { line: 6, column: 21, severity: "error", message: "RangeError: none" },
  ]);
  const syntax =
    "2 | const name: string = ;\n                         ^\nerror: Unexpected ;\n    at /tmp/work/main.ts:2:22\n";
  assert.deepEqual(findRuntimeDiagnostics(syntax, "main.ts"), [
    { line: 2, column: 22, severity: "error", message: "Unexpected ;" },
  ]);
});

test("an exception in another file of the program is found there, and where the main file called it", () => {
  const thrown = [
    "error: Uncaught (in promise) Error: none",
    "    at half (file:///tmp/work/half.ts:2:21)",
    "    at file:///tmp/work/main.ts:3:13",
  ].join("\n");
  const sources = ["main.ts", "half.ts"].map((path) => ({ path, content: "" }));
  const rest = { severity: "error", message: "Error: none" };
  assert.deepEqual(findRuntimeDiagnostics(thrown, "main.ts", sources), [
    { line: 3, column: 13, ...rest },
    { file: "half.ts", line: 2, column: 21, ...rest },
  ]);
});

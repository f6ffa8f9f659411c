import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("an error of the program is found with its kind", () => {
  const output = [
    "Execution error (ArithmeticException) at user/half (main.clj:2).",
    "Divide by zero",
    "",
    "Full report at:",
    "/tmp/clojure-1234567890.edn",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.clj"), [
    { line: 2, column: null, severity: "error", message: "ArithmeticException: Divide by zero" },
  ]);
});

test("an error of the reader or the compiler is found, also in another file", () => {
  const output = [
    "Syntax error compiling at (main.clj:2:1).",
    "Unable to resolve symbol: missing in this context",
    "Syntax error reading source at (lib/half.clj:4:1).",
    "EOF while reading, starting at line 2",
  ].join("\n");
  const sources = ["main.clj", "lib/half.clj"].map((path) => ({ path, content: "" }));
  assert.deepEqual(editor.findDiagnostics(output, "main.clj", sources), [
    {
      line: 2,
      column: 1,
      severity: "error",
      message: "Unable to resolve symbol: missing in this context",
    },
    {
      file: "lib/half.clj",
      line: 4,
      column: 1,
      severity: "error",
      message: "EOF while reading, starting at line 2",
    },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.hs", "Shapes/Square.hs"].map((path) => ({ path, content: "" }));

test("GHC's errors and warnings are found, with their words in the same line or below", () => {
  const output = [
    "main.hs:4:1: error: [GHC-58481]",
    "    parse error (possibly incorrect indentation or mismatched brackets)",
    "  |",
    "4 | main = (",
    "  | ^",
    "",
    "Shapes/Square.hs:2:10: error: [GHC-83865]",
    "    • Couldn't match expected type ‘Int’ with actual type ‘Char’",
    "    • In the expression: 'x'",
    "main.hs:(7,1)-(8,9): warning: [GHC-62161] [-Wincomplete-patterns]",
    "    Pattern match(es) are non-exhaustive",
    "main.hs:1:8: error: Could not find module ‘Half’",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.hs", sources), [
    {
      line: 4,
      column: 1,
      severity: "error",
      message: "parse error (possibly incorrect indentation or mismatched brackets)",
    },
    {
      file: "Shapes/Square.hs",
      line: 2,
      column: 10,
      severity: "error",
      message: "Couldn't match expected type ‘Int’ with actual type ‘Char’",
    },
    { line: 7, column: 1, severity: "warning", message: "Pattern match(es) are non-exhaustive" },
    { line: 1, column: 8, severity: "error", message: "Could not find module ‘Half’" },
  ]);
});

test("of an exception the innermost call in the program is found, and a pattern that is missing", () => {
  const head = [
    "main: Prelude.head: empty list",
    "CallStack (from HasCallStack):",
    "  error, called at libraries/base/GHC/List.hs:1644:3 in base:GHC.List",
    "  head, called at main.hs:4:15 in main:Main",
    "  outer, called at main.hs:9:1 in main:Main",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(head, "main.hs"), [
    { line: 4, column: 15, severity: "error", message: "Prelude.head: empty list" },
  ]);
  const pattern = "main: main.hs:3:1-12: Non-exhaustive patterns in function half\n";
  assert.deepEqual(editor.findDiagnostics(pattern, "main.hs"), [
    { line: 3, column: 1, severity: "error", message: "Non-exhaustive patterns in function half" },
  ]);
});

test("a read past the end of the input is known", () => {
  assert.match("main: Prelude.getLine: end of file", editor.endOfInput ?? /^$/);
});

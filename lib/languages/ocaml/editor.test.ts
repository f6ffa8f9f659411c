import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.ml", "shapes/square.ml"].map((path) => ({ path, content: "" }));

test("the compiler's errors and warnings are found, with what they mark", () => {
  const output = [
    'File "main.ml", line 2, characters 8-15:',
    "2 | let x = missing",
    "            ^^^^^^^",
    'Error: Unbound value "missing"',
    'File "shapes/square.ml", lines 3-4, characters 2-9:',
    "3 | ..match n with",
    "4 |   | 0 -> 1",
    "Warning 8 [partial-match]: this pattern-matching is not exhaustive.",
    "Here is an example of a case that is not matched:",
    "1",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.ml", sources), [
    { line: 2, column: 9, endColumn: 16, severity: "error", message: 'Unbound value "missing"' },
    {
      file: "shapes/square.ml",
      line: 3,
      column: 3,
      severity: "warning",
      message: "this pattern-matching is not exhaustive.",
    },
  ]);
});

test("of an exception the innermost line of the program is found", () => {
  const output = [
    'Fatal error: exception Failure("no")',
    'Raised at Stdlib.failwith in file "stdlib.ml", line 29, characters 17-33',
    'Called from Main.half in file "main.ml" (inlined), line 2, characters 21-36',
    'Called from Main in file "main.ml", line 6, characters 2-8',
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.ml"), [
    { line: 2, column: 22, endColumn: 37, severity: "error", message: 'Failure("no")' },
  ]);
});

test("a read past the end of the input is known", () => {
  assert.match("Fatal error: exception End_of_file\n", editor.endOfInput ?? /^$/);
});

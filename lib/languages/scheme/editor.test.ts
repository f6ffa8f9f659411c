import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.scm", "half.scm"].map((path) => ({ path, content: "" }));

test("of Guile's backtrace the innermost place in the program is found, and what was raised", () => {
  const output = [
    "Backtrace:",
    "In ice-9/boot-9.scm:",
    "  1752:10  3 (with-exception-handler _ _ #:unwind? _ # _)",
    "In unknown file:",
    "           2 (load-thunk-from-file _)",
    "In main.scm:",
    "      5:9  1 (_)",
    "     2:21  0 (half 0)",
    "",
    "ice-9/boot-9.scm:1685:16: In procedure raise-exception:",
    "none 0",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.scm"), [
    { line: 2, column: 22, severity: "error", message: "none 0" },
  ]);
});

test("what Guile says of a place itself is found, also while it compiles", () => {
  const output = [
    "main.scm:4:2: warning: possibly unbound variable `missing'",
    "half.scm:2:0: let: bad let in form (let ((x)) x)",
    "main.scm:7:3: In procedure half:",
    "Wrong type argument: a",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.scm", sources), [
    { line: 4, column: 3, severity: "warning", message: "possibly unbound variable `missing'" },
    {
      file: "half.scm",
      line: 2,
      column: 1,
      severity: "error",
      message: "let: bad let in form (let ((x)) x)",
    },
    { line: 7, column: 4, severity: "error", message: "Wrong type argument: a" },
  ]);
});

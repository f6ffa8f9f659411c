import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const THREAD = '#<SB-THREAD:THREAD tid=7 "main thread" RUNNING {1001834103}>';
const sources = [
  { path: "main.lisp", content: '(load "half.lisp")\n\n(defun twice (n)\n  (* 2 (half n)))\n\n(twice 0)\n' },
  { path: "half.lisp", content: "(defun half (n)\n  (/ 1 n))\n" },
];

test("of an error in Lisp the innermost function of the program is found, by where it is defined", () => {
  const output = [
    `Unhandled DIVISION-BY-ZERO in thread ${THREAD}:`,
    "  arithmetic error DIVISION-BY-ZERO signalled",
    "Operation was (/ 1 0).",
    "",
    `Backtrace for: ${THREAD}`,
    `0: (SB-DEBUG::DEBUGGER-DISABLED-HOOK #<DIVISION-BY-ZERO {1001C01B03}> #<unused argument> :QUIT T)`,
    "1: (SB-KERNEL::INTEGER-/-INTEGER 1 0)",
    "2: (HALF 0)",
    "3: (TWICE 0)",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.lisp", sources), [
    {
      file: "half.lisp",
      line: 1,
      column: null,
      severity: "error",
      message: "arithmetic error DIVISION-BY-ZERO signalled",
    },
  ]);
  assert.deepEqual(editor.findDiagnostics(output, "main.lisp"), []);
});

test("an error while a Lisp program is read has its line and column", () => {
  const output = [
    'Unhandled SB-C::INPUT-ERROR-IN-LOAD in thread #<SB-THREAD:THREAD tid=7 "main thread" RUNNING',
    "                                                 {1204030083}>:",
    "  READ error during LOAD:",
    "",
    "    unmatched close parenthesis",
    "",
    "      Line: 2, Column: 10, File-Position: 24",
    "",
    '      Stream: #<SB-INT:FORM-TRACKING-STREAM for "file /tmp/work/main.lisp" {1001C01D53}>',
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.lisp"), [
    { line: 2, column: 10, severity: "error", message: "unmatched close parenthesis" },
  ]);
});

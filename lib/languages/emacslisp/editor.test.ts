import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = [
  {
    path: "main.el",
    content:
      ';;; -*- lexical-binding: t -*-\n(load "./half.el" nil t)\n\n(defun twice (n)\n  (* 2 (half n)))\n',
  },
  { path: "half.el", content: "(defun half (n)\n  (/ 1 n))\n" },
];

test("of an error in Emacs Lisp the innermost function of the program is found, by where it is defined", () => {
  const output = [
    "",
    "Debugger entered--Lisp error: (arith-error)",
    "  mapbacktrace(#f(compiled-function (evald func args flags) #<bytecode -0x53024f6e8d6ca13>))",
    "  debug-early-backtrace()",
    "  debug-early(error (arith-error))",
    "  /(1 0)",
    "  half(0)",
    "  (* 2 (half n))",
    "  twice(0)",
    '  load-with-code-conversion("/tmp/work/main.el" "/tmp/work/main.el" nil t)',
    "",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.el", sources), [
    { file: "half.el", line: 1, column: null, severity: "error", message: "arith-error" },
  ]);
  assert.deepEqual(editor.findDiagnostics(output, "main.el"), []);
});

test("an error while Emacs Lisp is read has its line", () => {
  const output = '\nDebugger entered--Lisp error: (invalid-read-syntax ")" 2 17)\n  read-from-somewhere()\n';
  assert.deepEqual(editor.findDiagnostics(output, "main.el", sources), [
    { line: 2, column: null, severity: "error", message: 'Invalid read syntax: ")"' },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.pl", "Half.pm"].map((path) => ({ path, content: "" }));

test("Perl's errors are found, also after input was read", () => {
  const output = "none at main.pl line 3.\nIllegal division by zero at main.pl line 9, <STDIN> line 1.\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.pl"), [
    { line: 3, column: null, severity: "error", message: "none" },
    { line: 9, column: null, severity: "error", message: "Illegal division by zero" },
  ]);
});

test("Perl's syntax errors are found, what only repeats them is not", () => {
  const output = [
    'syntax error at main.pl line 2, near "= )"',
    'Global symbol "$x" requires explicit package name (did you forget to declare "my $x"?) at main.pl line 4.',
    "Execution of main.pl aborted due to compilation errors.",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.pl"), [
    { line: 2, column: null, severity: "error", message: "syntax error" },
    {
      line: 4,
      column: null,
      severity: "error",
      message: 'Global symbol "$x" requires explicit package name (did you forget to declare "my $x"?)',
    },
  ]);
});

test("Perl's warnings are warnings, and modules beside the program are known", () => {
  const output =
    "Use of uninitialized value $x in addition (+) at main.pl line 5.\nnone at ./Half.pm line 2.\nno at /usr/share/perl/5.40/Carp.pm line 7.\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.pl", sources), [
    {
      line: 5,
      column: null,
      severity: "warning",
      message: "Use of uninitialized value $x in addition (+)",
    },
    { file: "Half.pm", line: 2, column: null, severity: "error", message: "none" },
  ]);
});

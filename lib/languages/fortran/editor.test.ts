import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("what gfortran says is marked at the place that it names before", () => {
  const output = [
    "main.f90:3:18:",
    "",
    "    3 |   print *, missing",
    "      |                  1",
    "Error: Symbol ‘missing’ at (1) has no IMPLICIT type",
    "main.f90:2:14:",
    "",
    "    2 |   integer :: i",
    "      |              1",
    "Warning: Unused variable ‘i’ declared at (1) [-Wunused-variable]",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.f90"), [
    { line: 3, column: 18, severity: "error", message: "Symbol ‘missing’ at (1) has no IMPLICIT type" },
    {
      line: 2,
      column: 14,
      severity: "warning",
      message: "Unused variable ‘i’ declared at (1) [-Wunused-variable]",
    },
  ]);
});

test("an error of the runtime is marked, and so is a program that stops itself", () => {
  const bounds = [
    "At line 6 of file main.f90",
    "Fortran runtime error: Index '4' of dimension 1 of array 'numbers' above upper bound of 3",
    "",
    "Error termination. Backtrace:",
    "#0  0x4011d5 in MAIN__",
    "\tat /tmp/work/main.f90:6",
  ].join("\n");
  const message = "Fortran runtime error: Index '4' of dimension 1 of array 'numbers' above upper bound of 3";
  assert.deepEqual(editor.findDiagnostics(bounds, "main.f90"), [
    { line: 6, column: null, severity: "error", message },
  ]);
  const read = "At line 4 of file main.f90 (unit = 5, file = 'stdin')\nFortran runtime error: End of file\n";
  assert.equal(editor.findDiagnostics(read, "main.f90")[0]?.line, 4);
  const stop =
    "ERROR STOP no\n\nError termination. Backtrace:\n#0  0x1 in MAIN__\n\tat /tmp/work/main.f90:3\n";
  assert.deepEqual(editor.findDiagnostics(stop, "main.f90"), [
    { line: 3, column: null, severity: "error", message: "ERROR STOP no" },
  ]);
});

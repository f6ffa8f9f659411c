import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("the compiler's error is found where it is, not where it was looked into from", () => {
  const output = [
    "In main.cr:5:1",
    "",
    " 5 | half(nil)",
    "     ^---",
    "Error: instantiating 'half(Nil)'",
    "",
    "",
    "In main.cr:2:10",
    "",
    " 2 | number // 2",
    "            ^-",
    "Error: undefined method '//' for Nil",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.cr"), [
    { line: 2, column: 10, severity: "error", message: "undefined method '//' for Nil" },
  ]);
});

test("of an exception the innermost line of the program is found", () => {
  const output = [
    "Unhandled exception: Division by 0 (DivisionByZeroError)",
    "  from /usr/share/crystal/src/int.cr:159:7 in 'check_div_argument'",
    "  from main.cr:2:3 in 'half'",
    "  from main.cr:5:1 in '__crystal_main'",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.cr"), [
    { line: 2, column: null, severity: "error", message: "Division by 0 (DivisionByZeroError)" },
  ]);
});

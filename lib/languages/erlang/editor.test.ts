import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("errors and warnings of erlc are found", () => {
  const output = [
    "main.erl:5:24: variable 'Missing' is unbound",
    '%    5|     io:format("~p~n", [Missing]).',
    "%     |                        ^",
    "",
    "main.erl:8:1: Warning: function helper/0 is unused",
    "%    8| helper() -> ok.",
    "%     | ^",
    "",
    "other.erl:1:1: no module definition",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.erl"), [
    { line: 5, column: 24, severity: "error", message: "variable 'Missing' is unbound" },
    { line: 8, column: 1, severity: "warning", message: "function helper/0 is unused" },
  ]);
});

test("an exception is marked at the innermost line of the program", () => {
  const output = [
    "escript: exception error: bad argument",
    "  in function  integer_to_list/1",
    "     called as integer_to_list(none)",
    "     *** argument 1: not an integer",
    "  in call from main:shown/1 (main.erl, line 9)",
    "  in call from main:main/1 (main.erl, line 6)",
    "  in call from escript:run/2 (escript.erl, line 904)",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.erl"), [
    { line: 9, column: null, severity: "error", message: "exception error: bad argument" },
  ]);
});

test("a call that no clause matches is marked at the function", () => {
  const output =
    "escript: exception error: no function clause matching main:half(0) (main.erl, line 9)\n  in call from main:main/1 (main.erl, line 6)\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.erl"), [
    {
      line: 9,
      column: null,
      severity: "error",
      message: "exception error: no function clause matching main:half(0)",
    },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.tcl", "half.tcl"].map((path) => ({ path, content: "" }));

test("of Tcl's errors the line of the main file is found, and the message above the commands", () => {
  const output = [
    "none",
    "    while executing",
    '"error "none""',
    '    (procedure "half" line 3)',
    "    invoked from within",
    '"half 0"',
    '    (file "main.tcl" line 9)',
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.tcl"), [
    { line: 9, column: null, severity: "error", message: "none" },
  ]);
});

test("an error in another file of a Tcl program is found there, and where it was read", () => {
  const output = [
    'invalid command name "nosuch"',
    "    while executing",
    '"nosuch 1"',
    '    (file "half.tcl" line 2)',
    "    invoked from within",
    '"source half.tcl"',
    '    (file "main.tcl" line 5)',
  ].join("\n");
  const message = 'invalid command name "nosuch"';
  assert.deepEqual(editor.findDiagnostics(output, "main.tcl", sources), [
    { file: "half.tcl", line: 2, column: null, severity: "error", message },
    { line: 5, column: null, severity: "error", message },
  ]);
});

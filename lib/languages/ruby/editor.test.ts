import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.rb", "half.rb"].map((path) => ({ path, content: "" }));

test("the line where a Ruby exception was raised is found, not its callers", () => {
  const output = "main.rb:2:in `half': none (RuntimeError)\n\tfrom main.rb:6:in `<main>'\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.rb"), [
    { line: 2, column: null, severity: "error", message: "none (RuntimeError)" },
  ]);
});

test("an exception of Ruby's library is found where the program called it", () => {
  const output = [
    "/usr/lib/ruby/3.3.0/json/common.rb:219:in `parse': unexpected token at 'x' (JSON::ParserError)",
    "\tfrom /usr/lib/ruby/3.3.0/json/common.rb:219:in `parse'",
    "\tfrom main.rb:4:in `read'",
    "\tfrom main.rb:9:in `<main>'",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.rb"), [
    { line: 4, column: null, severity: "error", message: "unexpected token at 'x' (JSON::ParserError)" },
  ]);
});

test("a Ruby syntax error is found, though its file is named twice", () => {
  const output = "main.rb: main.rb:2: syntax error, unexpected ')' (SyntaxError)\nx = )\n    ^\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.rb"), [
    { line: 2, column: null, severity: "error", message: "syntax error, unexpected ')'" },
  ]);
});

test("Ruby's warnings, and errors of the program's other files, are found", () => {
  const output =
    "main.rb:3: warning: unused literal ignored\n/tmp/work/half.rb:1:in `/': divided by 0 (ZeroDivisionError)\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.rb", sources), [
    { line: 3, column: null, severity: "warning", message: "unused literal ignored" },
    {
      file: "half.rb",
      line: 1,
      column: null,
      severity: "error",
      message: "divided by 0 (ZeroDivisionError)",
    },
  ]);
});

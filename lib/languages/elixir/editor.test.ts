import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("an exception is marked at the innermost line of the program", () => {
  const output = [
    "** (ArithmeticError) bad argument in arithmetic expression: 1 / 0",
    "    :erlang./(1, 0)",
    "    main.exs:2: Half.of/1",
    "    main.exs:6: (file)",
    "    (elixir 1.18.3) lib/code.ex:1435: Code.require_file/2",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.exs"), [
    {
      line: 2,
      column: null,
      severity: "error",
      message: "(ArithmeticError) bad argument in arithmetic expression: 1 / 0",
    },
  ]);
});

test("what the compiler says is marked where it points, once", () => {
  const output = [
    '    warning: variable "a" is unused (if the variable is not meant to be used, prefix it with an underscore)',
    "    │",
    "  1 │ a = 3",
    "    │ ~",
    "    │",
    "    └─ main.exs:1:1",
    "",
    '    error: undefined variable "missing"',
    "    │",
    "  2 │ IO.puts(missing)",
    "    │         ^^^^^^^",
    "    │",
    "    └─ main.exs:2:9",
    "",
    "** (CompileError) main.exs: cannot compile file (errors have been logged)",
  ].join("\n");
  const [warning, error, ...others] = editor.findDiagnostics(output, "main.exs");
  assert.deepEqual([warning?.severity, warning?.line, warning?.column], ["warning", 1, 1]);
  assert.deepEqual(error, { line: 2, column: 9, severity: "error", message: 'undefined variable "missing"' });
  assert.deepEqual(others, []);
});

test("an exception in another file is marked there and where the main file called it", () => {
  const output = "** (RuntimeError) none\n    lib/half.ex:2: Half.of/1\n    main.exs:3: (file)\n";
  const sources = ["main.exs", "lib/half.ex"].map((path) => ({ path, content: "" }));
  const rest = { column: null, severity: "error", message: "(RuntimeError) none" };
  assert.deepEqual(editor.findDiagnostics(output, "main.exs", sources), [
    { file: "lib/half.ex", line: 2, ...rest },
    { line: 3, ...rest },
  ]);
});

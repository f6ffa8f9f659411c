import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("of a Python traceback the innermost line of the main file counts", () => {
  const output = [
    "Traceback (most recent call last):",
    '  File "/sandbox/main.py", line 9, in <module>',
    "    f()",
    '  File "/sandbox/main.py", line 3, in f',
    '    int("x")',
    '  File "/usr/lib/python3/thing.py", line 70, in g',
    "ValueError: invalid literal for int() with base 10: 'x'",
    "",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.py"), [
    {
      line: 3,
      column: null,
      severity: "error",
      message: "ValueError: invalid literal for int() with base 10: 'x'",
    },
  ]);
});

test("a Python syntax error is found", () => {
  const output =
    '  File "/sandbox/main.py", line 2\n    print("a\n          ^\nSyntaxError: unterminated string literal\n';
  assert.equal(editor.findDiagnostics(output, "main.py")[0]?.line, 2);
});

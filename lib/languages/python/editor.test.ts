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

const HALF = "def half(number):\n    return number // 0\n";

test("the part of the line that Python points at is found, with the line's indent, which Python leaves out", () => {
  const output = [
    "Traceback (most recent call last):",
    '  File "/tmp/work/main.py", line 5, in <module>',
    "    half(1)",
    "    ~~~~^^^",
    '  File "/tmp/work/main.py", line 2, in half',
    "    return number // 0",
    "           ~~~~~~~^^~~",
    "ZeroDivisionError: integer division or modulo by zero",
  ].join("\n");
  const message = "ZeroDivisionError: integer division or modulo by zero";
  const sources = [{ path: "main.py", content: `${HALF}\n\nhalf(1)\n` }];
  assert.deepEqual(editor.findDiagnostics(output, "main.py", sources), [
    { line: 2, column: 12, endColumn: 23, severity: "error", message },
  ]);
  assert.deepEqual(editor.findDiagnostics(output, "main.py"), [
    { line: 2, column: null, severity: "error", message },
  ]);
});

test("an exception in another file of the program is found there, and where the main file called it", () => {
  const output = [
    "Traceback (most recent call last):",
    '  File "/tmp/work/main.py", line 3, in <module>',
    "    half(1)",
    '  File "/tmp/work/lib/half.py", line 2, in half',
    "    return number // 0",
    "           ~~~~~~~^^~~",
    '  File "/usr/lib/python3.13/thing.py", line 9, in g',
    "ZeroDivisionError: no",
  ].join("\n");
  const sources = [
    { path: "main.py", content: "from lib.half import half\n\nhalf(1)\n" },
    { path: "lib/half.py", content: HALF },
  ];
  const rest = { severity: "error", message: "ZeroDivisionError: no" };
  assert.deepEqual(editor.findDiagnostics(output, "main.py", sources), [
    { line: 3, column: null, ...rest },
    { file: "lib/half.py", line: 2, column: 12, endColumn: 23, ...rest },
  ]);
});

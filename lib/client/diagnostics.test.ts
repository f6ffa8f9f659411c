import assert from "node:assert/strict";
import { test } from "node:test";
import { findDiagnostics } from "./diagnostics";

test("gcc's errors and warnings of the main file are found, those of other files are not", () => {
  const output = [
    "main.c: In function 'main':",
    "main.c:3:5: error: expected ';' before 'return'",
    "    3 |     return 0;",
    "main.c:2:9: warning: unused variable 'x' [-Wunused-variable]",
    "util.c:1:1: error: no",
    "main.c:9: error: only a line",
  ].join("\n");
  assert.deepEqual(findDiagnostics(output, "main.c"), [
    { line: 3, column: 5, severity: "error", message: "expected ';' before 'return'" },
    { line: 2, column: 9, severity: "warning", message: "unused variable 'x' [-Wunused-variable]" },
    { line: 9, column: null, severity: "error", message: "only a line" },
  ]);
});

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
  assert.deepEqual(findDiagnostics(output, "main.py"), [
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
  assert.equal(findDiagnostics(output, "main.py")[0]?.line, 2);
});

test("Node's exceptions and syntax errors are found", () => {
  const thrown = [
    "/sandbox/main.js:4",
    "  throw new TypeError('no');",
    "  ^",
    "",
    "TypeError: no",
    "    at f (/sandbox/main.js:4:9)",
    "    at Object.<anonymous> (/sandbox/main.js:7:1)",
    "    at Module._compile (node:internal/modules/cjs/loader:1554:14)",
  ].join("\n");
  assert.deepEqual(findDiagnostics(thrown, "main.js"), [
    { line: 4, column: 9, severity: "error", message: "TypeError: no" },
  ]);
  const syntax =
    "/sandbox/main.js:2\nlet = ;\n    ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe (node:internal:1:2)\n";
  assert.equal(findDiagnostics(syntax, "main.js")[0]?.line, 2);
});

test("esbuild's errors are found, its columns counted from 1", () => {
  const output =
    '✘ [ERROR] Expected ";" but found "b"\n\n    main.ts:1:6:\n      1 │ let a b\n        ╵       ^\n';
  assert.deepEqual(findDiagnostics(output, "main.ts"), [
    { line: 1, column: 7, severity: "error", message: 'Expected ";" but found "b"' },
  ]);
});

test("bash's errors are found", () => {
  assert.deepEqual(findDiagnostics("main.sh: line 3: foo: command not found\n", "main.sh"), [
    { line: 3, column: null, severity: "error", message: "foo: command not found" },
  ]);
});

test("other output gives nothing, and a megabyte of it is read in time", () => {
  assert.deepEqual(findDiagnostics("Error rate: 3\nhello:1\n", "main.py"), []);
  const before = process.cpuUsage();
  findDiagnostics(`${"a:".repeat(500)}\n`.repeat(1000), "main.c");
  findDiagnostics(" ".repeat(100_000), "main.c");
  // Processor time: only an expression that tracks back over all of it takes so much.
  assert.ok(process.cpuUsage(before).user < 10_000_000);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.go", "shapes/square.go"].map((path) => ({ path, content: "" }));

test("the compiler's errors are found, also in other files", () => {
  const output =
    '# command-line-arguments\n./main.go:4:2: "os" imported and not used\nshapes/square.go:3:9: undefined: missing\n';
  assert.deepEqual(editor.findDiagnostics(output, "main.go", sources), [
    { line: 4, column: 2, severity: "error", message: '"os" imported and not used' },
    { file: "shapes/square.go", line: 3, column: 9, severity: "error", message: "undefined: missing" },
  ]);
});

test("of a panic the innermost line of the program is found", () => {
  const output = [
    "panic: runtime error: index out of range [5] with length 3",
    "",
    "goroutine 1 [running]:",
    "main.third(...)",
    "\t/tmp/work/main.go:6",
    "main.main()",
    "\t/tmp/work/main.go:11 +0x1d",
    "exit status 2",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.go"), [
    {
      line: 6,
      column: null,
      severity: "error",
      message: "runtime error: index out of range [5] with length 3",
    },
  ]);
});

test("goroutines that all wait are an error of the line where the first one does", () => {
  const output =
    "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/tmp/work/main.go:5 +0x28\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.go"), [
    { line: 5, column: null, severity: "error", message: "all goroutines are asleep - deadlock!" },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { findGccDiagnostics } from "./editor-gcc";

test("gcc's errors and warnings of the main file are found, those of other files are not", () => {
  const output = [
    "main.c: In function 'main':",
    "main.c:3:5: error: expected ';' before 'return'",
    "    3 |     return 0;",
    "main.c:2:9: warning: unused variable 'x' [-Wunused-variable]",
    "util.c:1:1: error: no",
    "main.c:9: error: only a line",
  ].join("\n");
  assert.deepEqual(findGccDiagnostics(output, "main.c"), [
    { line: 3, column: 5, severity: "error", message: "expected ';' before 'return'" },
    { line: 2, column: 9, severity: "warning", message: "unused variable 'x' [-Wunused-variable]" },
    { line: 9, column: null, severity: "error", message: "only a line" },
  ]);
});

test("what gcc says of the program's other files is found where they are given", () => {
  const output = "shapes/square.c:1:7: error: no\n/usr/include/stdio.h:3:1: error: never\n";
  const sources = ["main.c", "shapes/square.c"].map((path) => ({ path, content: "" }));
  assert.deepEqual(findGccDiagnostics(output, "main.c", sources), [
    { file: "shapes/square.c", line: 1, column: 7, severity: "error", message: "no" },
  ]);
});

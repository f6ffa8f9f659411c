import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("what nasm says is found", () => {
  const output = [
    "main.asm:5: error: symbol `missing' not defined",
    "main.asm:7: warning: byte data exceeds bounds [-w+number-overflow]",
    "macros.inc:1: error: never",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.asm"), [
    { line: 5, column: null, severity: "error", message: "symbol `missing' not defined" },
    {
      line: 7,
      column: null,
      severity: "warning",
      message: "byte data exceeds bounds [-w+number-overflow]",
    },
  ]);
});

test("what the linker does not find is marked where it is used", () => {
  const output = [
    "/usr/bin/ld: main.o: in function `main':",
    "/tmp/work/main.asm:6:(.text+0x5): undefined reference to `nothing'",
    "/usr/bin/ld: main.asm:9: undefined reference to `nowhere'",
    "collect2: error: ld returned 1 exit status",
  ].join("\n");
  assert.deepEqual(
    editor.findDiagnostics(output, "main.asm").map(({ line, message }) => [line, message]),
    [
      [6, "undefined reference to `nothing'"],
      [9, "undefined reference to `nowhere'"],
    ],
  );
});

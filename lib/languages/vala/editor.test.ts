import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("valac's errors and warnings are found, with what they mark", () => {
  const output = [
    "main.vala:2.16-2.22: error: The name `missing' does not exist in the context of `main'",
    "    2 |     int half = missing / 2;",
    "      |                ^~~~~~~",
    "shapes/square.vala:3.5-4.2: warning: unreachable code detected",
    "Compilation failed: 1 error(s), 1 warning(s)",
  ].join("\n");
  const sources = ["main.vala", "shapes/square.vala"].map((path) => ({ path, content: "" }));
  assert.deepEqual(editor.findDiagnostics(output, "main.vala", sources), [
    {
      line: 2,
      column: 16,
      endColumn: 23,
      severity: "error",
      message: "The name `missing' does not exist in the context of `main'",
    },
    {
      file: "shapes/square.vala",
      line: 3,
      column: 5,
      severity: "warning",
      message: "unreachable code detected",
    },
  ]);
});

test("an assertion that failed is found", () => {
  const output = "**\nERROR:/tmp/work/main.vala:2:half: assertion failed: (number > 0)\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.vala"), [
    { line: 2, column: null, severity: "error", message: "assertion failed: (number > 0)" },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.lua", "half.lua"].map((path) => ({ path, content: "" }));

test("Lua's errors are found, its traceback is not taken for more of them", () => {
  const output = [
    "lua5.4: main.lua:2: attempt to perform 'n//0'",
    "stack traceback:",
    "\tmain.lua:2: in local 'half'",
    "\tmain.lua:5: in main chunk",
    "\t[C]: in ?",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.lua", sources), [
    { line: 2, column: null, severity: "error", message: "attempt to perform 'n//0'" },
  ]);
});

test("Lua's syntax errors are found, also of a module", () => {
  const output = [
    "lua5.4: error loading module 'half' from file './half.lua':",
    "\t./half.lua:1: unexpected symbol near ')'",
    "stack traceback:",
    "\t[C]: in function 'require'",
    "\tmain.lua:1: in main chunk",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.lua", sources), [
    { file: "half.lua", line: 1, column: null, severity: "error", message: "unexpected symbol near ')'" },
  ]);
});

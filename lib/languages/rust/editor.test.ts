import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("the compiler's errors and warnings are found, and not what its notes point at", () => {
  const output = [
    "warning: unused variable: `x`",
    " --> main.rs:4:9",
    "  |",
    "4 |     let x = 1;",
    "  |         ^ help: if this is intentional, prefix it with an underscore: `_x`",
    "  |",
    "  = note: `#[warn(unused_variables)]` on by default",
    "",
    "error[E0308]: mismatched types",
    "  --> lib/half.rs:12:5",
    "   |",
    "note: function defined here",
    "  --> main.rs:1:4",
    "",
    "error: aborting due to 1 previous error; 1 warning emitted",
  ].join("\n");
  const sources = ["main.rs", "lib/half.rs"].map((path) => ({ path, content: "" }));
  assert.deepEqual(editor.findDiagnostics(output, "main.rs", sources), [
    { line: 4, column: 9, severity: "warning", message: "unused variable: `x`" },
    { file: "lib/half.rs", line: 12, column: 5, severity: "error", message: "mismatched types" },
  ]);
});

test("a panic is found with its words", () => {
  const output =
    "thread 'main' panicked at main.rs:2:5:\nattempt to divide by zero\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
  assert.deepEqual(editor.findDiagnostics(output, "main.rs"), [
    { line: 2, column: 5, severity: "error", message: "attempt to divide by zero" },
  ]);
});

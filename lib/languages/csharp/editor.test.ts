import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["Main.cs", "Shapes/Square.cs"].map((path) => ({ path, content: "" }));

test("mcs's errors and warnings are found", () => {
  const output = [
    "Main.cs(5,13): warning CS0219: The variable `x' is assigned but its value is never used",
    "Shapes/Square.cs(3,9): error CS0103: The name `missing' does not exist in the current context",
    "Compilation failed: 1 error(s), 1 warnings",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "Main.cs", sources), [
    {
      line: 5,
      column: 13,
      severity: "warning",
      message: "The variable `x' is assigned but its value is never used",
    },
    {
      file: "Shapes/Square.cs",
      line: 3,
      column: 9,
      severity: "error",
      message: "The name `missing' does not exist in the current context",
    },
  ]);
});

test("of an uncaught exception the innermost line of the program is found, once", () => {
  const trace = [
    "System.FormatException: Input string was not in a correct format.",
    "  at System.Number.ParseInt32 (System.String value) [0x00034] in <12b418a7818c4ca0893feeaaf67f1e7f>:0 ",
    "  at Program.Half (System.String text) [0x00001] in /tmp/work/Main.cs:7 ",
    "  at Program.Main () [0x00001] in /tmp/work/Main.cs:12 ",
  ];
  const output = [
    "",
    "Unhandled Exception:",
    ...trace,
    `[ERROR] FATAL UNHANDLED EXCEPTION: ${trace.join("\n")}`,
  ];
  assert.deepEqual(editor.findDiagnostics(output.join("\n"), "Main.cs"), [
    {
      line: 7,
      column: null,
      severity: "error",
      message: "System.FormatException: Input string was not in a correct format.",
    },
  ]);
});

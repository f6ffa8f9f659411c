import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("javac's errors and warnings are found, with the column of the mark below", () => {
  const output = [
    "Main.java:3: error: cannot find symbol",
    "        int half = missing / 2;",
    "                   ^",
    "  symbol:   variable missing",
    "  location: class Main",
    "shapes/Square.java:2: warning: [unchecked] unchecked cast",
    "\tList<String> names = (List<String>) any;",
    "\t                                    ^",
    "1 error",
    "1 warning",
  ].join("\n");
  const sources = ["Main.java", "shapes/Square.java"].map((path) => ({ path, content: "" }));
  assert.deepEqual(editor.findDiagnostics(output, "Main.java", sources), [
    { line: 3, column: 20, severity: "error", message: "cannot find symbol" },
    {
      file: "shapes/Square.java",
      line: 2,
      column: 38,
      severity: "warning",
      message: "[unchecked] unchecked cast",
    },
  ]);
});

test("of an uncaught exception the innermost line of the main file is found, then what is further inside", () => {
  const output = [
    'Exception in thread "main" java.lang.NumberFormatException: For input string: "x"',
    "\tat java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)",
    "\tat java.base/java.lang.Integer.parseInt(Integer.java:661)",
    "\tat shapes.Square.side(Square.java:8)",
    "\tat Main.area(Main.java:5)",
    "\tat Main.main(Main.java:9)",
  ].join("\n");
  const message = 'java.lang.NumberFormatException: For input string: "x"';
  const sources = ["Main.java", "shapes/Square.java"].map((path) => ({ path, content: "" }));
  assert.deepEqual(editor.findDiagnostics(output, "Main.java", sources), [
    { line: 5, column: null, severity: "error", message },
    { file: "shapes/Square.java", line: 8, column: null, severity: "error", message },
  ]);
});

test("a read past the end of the input is known", () => {
  assert.match(
    'Exception in thread "main" java.util.NoSuchElementException: No line found',
    editor.endOfInput ?? /^$/,
  );
});

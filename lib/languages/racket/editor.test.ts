import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.rkt", "half.rkt"].map((path) => ({ path, content: "" }));

test("Racket's errors while it compiles are found, with the columns that it counts from 0", () => {
  const output = [
    "main.rkt:3:1: foo: unbound identifier",
    "  in: foo",
    "  location...:",
    "   main.rkt:3:1",
    "  context...:",
    "   /usr/share/racket/collects/syntax/wrap-modbeg.rkt:46:4",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.rkt"), [
    { line: 3, column: 2, severity: "error", message: "foo: unbound identifier" },
  ]);
});

test("of an error in Racket the innermost function of the program is found, by where it is defined", () => {
  const output = [
    "quotient: undefined for 0",
    "  context...:",
    "   /tmp/work/half.rkt:3:0: half",
    "   /tmp/work/main.rkt:7:0: twice",
    '   body of "/tmp/work/main.rkt"',
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.rkt", sources), [
    { file: "half.rkt", line: 3, column: 1, severity: "error", message: "quotient: undefined for 0" },
  ]);
});

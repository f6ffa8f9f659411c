import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

const sources = ["main.raku", "Half.rakumod"].map((path) => ({ path, content: "" }));

test("of Raku's callers the innermost of the program is found", () => {
  const output = [
    "none",
    "  in sub half at /tmp/work/Half.rakumod (Half) line 2",
    "  in sub twice at main.raku line 4",
    "  in block <unit> at main.raku line 7",
    "",
  ].join("\n");
  assert.deepEqual(editor.findDiagnostics(output, "main.raku", sources), [
    { file: "Half.rakumod", line: 2, column: null, severity: "error", message: "none" },
  ]);
  assert.equal(editor.findDiagnostics(output, "main.raku")[0]?.line, 4);
});

test("what Raku cannot compile is found", () => {
  const output = [
    "===SORRY!=== Error while compiling /tmp/work/main.raku",
    "Variable '$missing' is not declared.  Perhaps you forgot a 'sub' if this was",
    "intended to be part of a signature?",
    "at /tmp/work/main.raku:2",
    "------> say <HERE>$missing;",
  ].join("\n");
  assert.equal(editor.findDiagnostics(output, "main.raku")[0]?.line, 2);
  const short =
    "===SORRY!=== Error while compiling /tmp/work/main.raku\nMissing block\nat /tmp/work/main.raku:3\n------> if 1⏏;\n";
  assert.deepEqual(editor.findDiagnostics(short, "main.raku"), [
    { line: 3, column: null, severity: "error", message: "Missing block" },
  ]);
});

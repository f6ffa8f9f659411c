import assert from "node:assert/strict";
import { test } from "node:test";
import { findNodeDiagnostics } from "./editor-node";

test("Node's exceptions and syntax errors are found", () => {
  const thrown = [
    "/sandbox/main.js:4",
    "  throw new TypeError('no');",
    "  ^",
    "",
    "TypeError: no",
    "    at f (/sandbox/main.js:4:9)",
    "    at Object.<anonymous> (/sandbox/main.js:7:1)",
    "    at Module._compile (node:internal/modules/cjs/loader:1554:14)",
  ].join("\n");
  assert.deepEqual(findNodeDiagnostics(thrown, "main.js"), [
    { line: 4, column: 9, severity: "error", message: "TypeError: no" },
  ]);
  const syntax =
    "/sandbox/main.js:2\nlet = ;\n    ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe (node:internal:1:2)\n";
  assert.equal(findNodeDiagnostics(syntax, "main.js")[0]?.line, 2);
});

test("the part of a line that is no JavaScript is found by the carets below it", () => {
  const syntax =
    "/tmp/work/main.js:2\n  let = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe (node:internal:1:2)\n";
  assert.deepEqual(findNodeDiagnostics(syntax, "main.js"), [
    { line: 2, column: 9, endColumn: 10, severity: "error", message: "SyntaxError: Unexpected token ';'" },
  ]);
});

test("an exception in another file of the program is found there, and where the main file called it", () => {
  const thrown = [
    "RangeError: none",
    "    at half (/tmp/work/half.js:2:21)",
    "    at Object.<anonymous> (/tmp/work/main.js:3:13)",
  ].join("\n");
  const sources = ["main.js", "half.js"].map((path) => ({ path, content: "" }));
  const rest = { severity: "error", message: "RangeError: none" };
  assert.deepEqual(findNodeDiagnostics(thrown, "main.js", sources), [
    { line: 3, column: 13, ...rest },
    { file: "half.js", line: 2, column: 21, ...rest },
  ]);
});

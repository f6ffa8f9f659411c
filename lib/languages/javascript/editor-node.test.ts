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

import assert from "node:assert/strict";
import { test } from "node:test";
import { editor } from "./editor";

test("an exception inside a library is marked where the program called it", () => {
  const output = [
    "Traceback (most recent call last):",
    '  File "/tmp/work/main.py", line 4, in <module>',
    "    print(a @ b)",
    "          ~~^~~",
    "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)",
    "",
  ].join("\n");
  const [found] = editor.findDiagnostics(output, "main.py");
  assert.equal(found?.line, 4);
  assert.match(found?.message ?? "", /^ValueError: matmul: Input operand 1/);
});

test("what a library says in several lines is marked by its last one", () => {
  const output = [
    "Traceback (most recent call last):",
    '  File "/usr/lib/python3/dist-packages/pandas/core/indexes/base.py", line 3805, in get_loc',
    "    return self._engine.get_loc(casted_key)",
    "           ~~~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^",
    "KeyError: 'price'",
    "",
    "The above exception was the direct cause of the following exception:",
    "",
    "Traceback (most recent call last):",
    '  File "/tmp/work/main.py", line 3, in <module>',
    '    print(table["price"])',
    "          ~~~~~^^^^^^^^^",
    "KeyError: 'price'",
  ].join("\n");
  const content = 'import pandas as pd\ntable = pd.DataFrame({"a": [1]})\nprint(table["price"])\n';
  assert.deepEqual(editor.findDiagnostics(output, "main.py", [{ path: "main.py", content }]), [
    { line: 3, column: 7, endColumn: 21, severity: "error", message: "KeyError: 'price'" },
  ]);
});

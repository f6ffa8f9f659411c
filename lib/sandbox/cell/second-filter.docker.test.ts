import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { attack, openSandbox, type TestSandbox } from "../testing/sandbox-fixture";

let containers: TestSandbox;
let cells: TestSandbox;
before(async () => {
  containers = await openSandbox({ isolation: "container" });
  cells = await openSandbox({ isolation: "cell" });
});
after(() => Promise.all([containers.close(), cells.close()]));

/** What a C program prints, and how it ends, in each isolation. */
async function bothWays(source: string, args: readonly string[] = []) {
  const [strict, cell] = await Promise.all([
    containers.run("c", source, { args }),
    cells.run("c", source, { args }),
  ]);
  assert.deepEqual([strict.isolation, cell.isolation], ["container", "cell"]);
  return [strict, cell].map(({ stdout, output }) => ({
    lines: stdout.split("\n"),
    exitCode: output.exitCode,
    signal: output.signal,
  }));
}

test("each call that only an attacker has a use for is answered in a cell as in a container", async () => {
  const [strict, cell] = await bothWays(await attack("system-calls.c"));
  assert.ok(strict && strict.lines.length > 95);
  assert.deepEqual(cell, strict);
});

for (const door of ["i386", "x32"]) {
  test(`the kernel's ${door} door is in a cell as in a container`, async () => {
    const [strict, cell] = await bothWays(await attack("foreign-call.c"), [door]);
    assert.deepEqual(cell, strict);
  });
}

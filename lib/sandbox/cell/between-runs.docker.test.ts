import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { attack, eventually, openSandbox, type Ran, type TestSandbox } from "../testing/sandbox-fixture";

/** One cell, in which one run follows the other. */
let sandbox: TestSandbox;

/** The cell that waits for a run, which must be the only one. */
async function theCell(): Promise<string> {
  await eventually("a cell is idle", async () => (await sandbox.underTest.health()).warm === 1);
  const [cell, ...others] = await sandbox.containers();
  assert.ok(cell && others.length === 0, "there is one cell");
  return cell.Id;
}

type Found = Record<string, unknown>;

async function find(): Promise<Found> {
  const ran = await sandbox.run("python", await attack("find-traces.py"));
  assert.deepEqual([ran.status, ran.isolation, ran.stderr], ["success", "cell", ""]);
  return JSON.parse(ran.stdout);
}

let untouched: Found;
let left: Ran;
let then: Found;
before(async () => {
  sandbox = await openSandbox({ isolation: "cell", warm: 1, languages: [] });
  untouched = await find();
  const cell = await theCell();
  left = await sandbox.run("python", await attack("leave-traces.py"));
  assert.equal(await theCell(), cell, "the run has left its cell to others");
  then = await find();
  assert.equal(await theCell(), cell, "the next run was in the same cell");
});
after(() => sandbox.close());

test("the program that leaves traces can leave all of them but those that the kernel refuses", () => {
  assert.deepEqual([left.status, left.stdout, left.stderr], ["success", "left\n", ""]);
});

const ROWS = [
  ...[
    "files",
    "shared memory",
    "processes",
    "sockets and ports",
    "System V objects",
    "POSIX queues",
    "keys",
    "umask",
  ],
  ...["limits", "terminal", "environment", "output", "devices", "host name"],
];
for (const row of ROWS) {
  test(`between runs of a cell nothing stays: ${row}`, () => {
    assert.ok(row in untouched);
    assert.deepEqual(then[row], untouched[row]);
  });
}

test("everything that is looked for has a test", () => {
  assert.deepEqual(Object.keys(untouched).sort(), [...ROWS].sort());
});

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, openSandbox, type RunOptions, type TestSandbox } from "../testing/sandbox-fixture";

let sandbox: TestSandbox;
before(async () => {
  sandbox = await openSandbox({ isolation: "cell", warm: 1, languages: [] });
  await goesOn();
});
after(() => sandbox.close());

async function theCell(): Promise<string> {
  await eventually("a cell is idle", async () => (await sandbox.underTest.health()).warm === 1);
  const running = (await sandbox.containers()).filter(({ State }) => State === "running");
  assert.equal(running.length, 1);
  return running[0]?.Id ?? "";
}

/** Numbers of a cell's processes on this machine, each followed by its child: the launcher, the run's supervisor. */
async function chainOf(cell: string): Promise<number[]> {
  const { Processes, Titles } = await sandbox.docker.getContainer(cell).top();
  const of = (line: string[], title: string) => Number(line[Titles.indexOf(title)]);
  const lines: string[][] = Processes;
  const inside = new Set(lines.map((line) => of(line, "PID")));
  const chain: number[] = [];
  let next = lines.find((line) => !inside.has(of(line, "PPID")));
  while (next && chain.length < 2) {
    const pid = of(next, "PID");
    chain.push(pid);
    next = lines.find((line) => of(line, "PPID") === pid);
  }
  assert.equal(chain.length, 2);
  return chain;
}

/** Runs a program that has printed something when `meanwhile` happens. */
async function interrupted(meanwhile: (cell: string) => Promise<void>) {
  const cell = await theCell();
  let done: Promise<void> | null = null;
  const options: RunOptions = {
    onEvent(event) {
      if (event.type === "stdout") done ??= meanwhile(cell);
    },
  };
  const ran = await sandbox.run("bash", "echo up; sleep 5; echo down", options);
  await done;
  return ran;
}

async function goesOn(): Promise<void> {
  const ran = await sandbox.run("bash", "echo fine");
  assert.deepEqual([ran.status, ran.stdout, ran.isolation], ["success", "fine\n", "cell"]);
}

for (const [index, name] of ["the launcher", "a run's first process"].entries()) {
  test(`${name} killed in the middle of a run is our fault, and the next run has another cell`, async () => {
    const ran = await interrupted(async (cell) => {
      process.kill((await chainOf(cell))[index] ?? 0, "SIGKILL");
    });
    assert.deepEqual([ran.status, ran.stdout], ["system_error", "up\n"]);
    await goesOn();
  });

  test(`${name} killed while a cell waits costs no run`, async () => {
    const cell = await theCell();
    process.kill((await chainOf(cell))[index] ?? 0, "SIGKILL");
    await eventually("the dead cell is gone", async () =>
      (await sandbox.containers()).every(({ Id }) => Id !== cell),
    );
    await goesOn();
  });
}

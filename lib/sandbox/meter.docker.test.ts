import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../log";
import type { SandboxMeter } from "./sandbox";
import { eventually, openSandbox } from "./testing/sandbox-fixture";

const MARK = "MARK-91ce";

/** A sandbox that prints its marks, what it tells of itself, and every line that it logs. */
async function metered(warm: number) {
  const told: string[] = [];
  const lines: string[] = [];
  const meter: SandboxMeter = {
    acquired: (isolation, idle) => told.push(`${isolation} ${idle ? "warm" : "made"}`),
    engineAnswered: (call, ms) => {
      assert.ok(ms >= 0 && ms < 60_000, `${call}: ${ms} ms`);
      told.push(call);
    },
    engineFailed: (call) => told.push(`${call} failed`),
  };
  const log = createLog("trace", { write: (line: string) => void lines.push(line) });
  const sandbox = await openSandbox({ warm, meter, log, isolation: "container" });
  return { sandbox, told, lines };
}

test("a container's life is told as the engine answers: created, attached, started, removed", async () => {
  const { sandbox, told, lines } = await metered(0);
  const { stdout } = await sandbox.run("python", `import sys; print(sys.argv, "${MARK}", input())`, {
    ...{ args: [MARK], stdin: `${MARK}\n`, env: { SECRET: MARK } },
    files: [{ path: `${MARK}.txt`, content: MARK }],
  });
  assert.ok(stdout.includes(MARK));
  await sandbox.run("python", `raise SystemExit("${MARK}")`);
  await sandbox.close();
  assert.equal(told.filter((each) => each === "container made").length, 2);
  for (const call of ["create", "attach", "start", "remove"])
    assert.ok(told.filter((each) => each === call).length >= 2, `${call}: ${told.join(", ")}`);
  assert.deepEqual(
    told.filter((each) => each.endsWith("failed")),
    [],
  );
  for (const line of lines) assert.ok(!line.includes(MARK), line);
});

test("a run that gets a warm container is told as one", async () => {
  const { sandbox, told } = await metered(1);
  try {
    await eventually("a container is warm", async () => (await sandbox.underTest.health()).warm > 0);
    await sandbox.run("python", "print(1)");
    assert.ok(told.includes("container warm"), told.join(", "));
  } finally {
    await sandbox.close();
  }
});

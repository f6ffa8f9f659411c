/** An engine on a machine that is twenty times slower than usual: its runs end with their own verdict, only later. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type EngineProxy, engineProxy } from "./testing/engine-proxy";
import { eventually, known, limitsWith, openSandbox, type TestSandbox } from "./testing/sandbox-fixture";

/** As long as a call takes on such a machine. */
function twentyTimesSlower(call: string): number {
  if (/\/kill$/.test(call)) return 3_300;
  if (/\/(start|update)$|^DELETE/.test(call)) return 2_500;
  if (/\/_ping$|\/version$/.test(call)) return 1_800;
  return 600;
}

const BUSY = "while True: pass";

let engine: EngineProxy;
let sandbox: TestSandbox;

before(async () => {
  engine = await engineProxy();
  sandbox = await openSandbox({ engine: { DOCKER_HOST: engine.host } });
});

after(async () => {
  engine.delay(() => 0);
  await sandbox.close();
  await engine.close();
});

test("a busy loop on a slow engine is a timeout, with the processor time and the peak that it had", async () => {
  engine.delay(twentyTimesSlower);
  const ran = await sandbox.run("python", `x = bytearray(40_000_000)\n${BUSY}`, {
    limits: limitsWith({ timeoutMs: 2_000 }),
  });
  assert.deepEqual([ran.status, ran.output.exitCode], ["timeout", null]);
  assert.match(ran.message ?? "", /2 s/);
  assert.ok(known(ran.cpuMs) > 300, `${ran.cpuMs} ms`);
  assert.ok(known(ran.memoryUsed) > 40_000_000, `${ran.memoryUsed} bytes`);
  assert.ok(ran.durationMs < 5_000, `the kill's 3.3 s are not the program's: ${ran.durationMs} ms`);
});

// Each waits for ten seconds.
if (process.env.QUICKSAND_TEST_ALL) {
  test("a kill that takes longer than any did before is waited for while the engine lives", async () => {
    engine.delay((call) => (/\/kill$/.test(call) ? 9_000 : 0));
    const ran = await sandbox.run("bash", "echo up; while :; do :; done", {
      limits: limitsWith({ timeoutMs: 1_000 }),
    });
    assert.deepEqual([ran.status, ran.stdout], ["timeout", "up\n"]);
  });

  test("on a slow engine a cancel, a limit of output and an ordinary end have their own verdicts too", async () => {
    engine.delay(twentyTimesSlower);
    const controller = new AbortController();
    const [cancelled, flood, fine] = await Promise.all([
      sandbox.run("bash", "echo up; sleep 60", {
        signal: controller.signal,
        onEvent: (event) => event.type === "stdout" && controller.abort(),
      }),
      sandbox.run("python", `while True: print("x" * 1023)`),
      sandbox.run("c", `#include <stdio.h>\nint main(void) { puts("fine"); }`),
    ]);
    assert.deepEqual([cancelled.status, cancelled.stdout], ["cancelled", "up\n"]);
    assert.deepEqual([flood.status, flood.output.truncated], ["output_limit", true]);
    assert.deepEqual([fine.status, fine.stdout], ["success", "fine\n"]);
  });
}

test("an engine that answers nothing at all is said to be slow or hung, not gone, and is used again when it answers", async () => {
  engine.delay(() => 0);
  await sandbox.run("bash", "echo quick");
  engine.delay(() => Number.POSITIVE_INFINITY);
  await assert.rejects(sandbox.run("bash", "echo no"), {
    code: "docker_unavailable",
    message: /does not answer in time/,
  });
  engine.delay(() => 0);
  await eventually("the engine answers", async () => (await sandbox.underTest.health()).ok);
  const again = await sandbox.run("bash", "echo again");
  assert.deepEqual([again.status, again.stdout], ["success", "again\n"]);
});

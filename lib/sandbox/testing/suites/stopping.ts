import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { queryObjects } from "node:v8";
import { RunInCell } from "../../cell/run-in-cell";
import { Container } from "../../container/container";
import { eventually, limitsWith, type Ran, type RunOptions, specOf, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

const UNSTOPPABLE: [string, string, string][] = [
  [
    "ignores every signal",
    "python",
    `import signal
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
print("up", flush=True)
while True: pass`,
  ],
  ["stops everything, PID 1 included", "bash", "echo up; kill -STOP 1; kill -STOP -1; while :; do :; done"],
  ["stops itself", "bash", "echo up; kill -STOP $$"],
  ["closes its streams", "bash", "echo up; exec <&- >&- 2>&-; while :; do :; done"],
  ["waits for input that never ends", "bash", "echo up; cat /dev/zero >/dev/null"],
  ["daemonises and never ends", "bash", "echo up; setsid sh -c 'while :; do :; done' & wait"],
];

/** Every program can be stopped, under every isolation. */
export function stoppingSuite(wall: Wall): void {
  describe(`${wall.name}: stopping`, () => {
    const sandbox = testSandbox(wall.options);

    /** Runs, and says how long it took from the first output on. */
    async function timed(languageId: string, code: string, options: RunOptions = {}) {
      let since = 0;
      const ran: Ran = await sandbox.run(languageId, code, {
        ...options,
        onEvent(event) {
          if (since === 0 && event.type === "stdout") since = performance.now();
          options.onEvent?.(event);
        },
      });
      return { ran, ms: performance.now() - since };
    }

    test("a cancel ends the run and keeps what was printed", async () => {
      const controller = new AbortController();
      const ran = await sandbox.run("python", `import time\nprint("kept", flush=True)\ntime.sleep(60)`, {
        signal: controller.signal,
        onEvent: (event) => event.type === "stdout" && controller.abort(),
      });
      assert.deepEqual([ran.status, ran.stdout, ran.output.exitCode], ["cancelled", "kept\n", null]);
    });

    test("a run cancelled before it began is cancelled", async () => {
      const ran = await sandbox.run("python", "print(1)\nimport time\ntime.sleep(60)", {
        signal: AbortSignal.abort(),
      });
      assert.equal(ran.status, "cancelled");
    });

    test("a cancel while it compiles ends the run", async () => {
      const controller = new AbortController();
      // A terminal that nobody has opened: the compiler waits for its text, without processor time or memory.
      const ran = await sandbox.run("c", '#include "/dev/ptmx"\nint main(void) {}', {
        signal: controller.signal,
        onEvent: (event) => event.type === "stage" && controller.abort(),
      });
      assert.equal(ran.status, "cancelled");
    });

    test("nothing of a run is held once it has ended", async () => {
      const kind = wall.isolation === "cell" ? RunInCell : Container;
      for (let run = 0; run < 5; run++) await sandbox.run("bash", "echo");
      // What is being removed is still held; what has been is not.
      let held = 5;
      for (let look = 0; look < 50 && held > 0; look++) {
        await sleep(100);
        held = queryObjects(kind, { format: "count" });
      }
      assert.equal(held, 0);
    });

    test("a reader that goes away ends the run and its container", async () => {
      const stream = sandbox.underTest.run(specOf("python", "while True: print(1)"), {
        signal: new AbortController().signal,
        stdin: "",
      });
      for await (const event of stream) if (event.type === "stdout") break;
      assert.equal((await sandbox.underTest.health()).running, 0);
      await eventually("its container is gone", async () => (await sandbox.containers()).length === 0);
    });

    // Together, since they wait.
    describe("hostile endings", { concurrency: true }, () => {
      for (const [name, languageId, code] of UNSTOPPABLE) {
        test(`a program that ${name} is ended from outside`, async () => {
          const { ran, ms } = await timed(languageId, code, { limits: limitsWith({ timeoutMs: 1_500 }) });
          assert.deepEqual([ran.status, ran.stdout], ["timeout", "up\n"]);
          assert.ok(ms < 6_000, `${Math.round(ms)} ms`);
          assert.ok(ran.durationMs >= 1_500 && ran.durationMs < 4_000, `${ran.durationMs} ms`);
        });
      }
    });

    test("a program that closes its streams is still awaited, and its exit code is known", async () => {
      const ran = await sandbox.run(
        "python",
        `import os, time
print("up", flush=True)
for fd in (0, 1, 2): os.close(fd)
time.sleep(0.6)
os._exit(3)`,
      );
      assert.deepEqual([ran.status, ran.output.exitCode, ran.stdout], ["error", 3, "up\n"]);
      assert.ok(ran.durationMs >= 600);
    });

    test("a program that kills everything it can see only ends itself", async () => {
      for (const code of [
        "import os\nprint('up', flush=True)\nos.kill(-1, 9)",
        "import os\nprint('up', flush=True)\nos.kill(1, 9); os.kill(1, 15); os.kill(1, 11)\nos.kill(os.getpid(), 9)",
      ]) {
        const ran = await sandbox.run("python", code);
        assert.deepEqual([ran.status, ran.stdout], ["error", "up\n"]);
        assert.notEqual(ran.output.exitCode, 0);
      }
    });

    test("after hostile endings the sandbox runs the next program as ever", async () => {
      const ran = await sandbox.run("bash", "echo fine");
      assert.deepEqual([ran.status, ran.stdout], ["success", "fine\n"]);
    });
  });
}

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttendedLimits } from "../../../schemas/run-limits";
import { limitsWith, type RunOptions, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

/** A run that a person types into, with these limits; the others are out of reach. */
function attended(limits: { processorMs?: number; cpus?: number } & Partial<AttendedLimits>): RunOptions {
  const { processorMs = 10_000, cpus = 0.5, totalMs = 60_000, idleMs = 60_000 } = limits;
  return {
    mode: "interactive",
    limits: limitsWith({ timeoutMs: processorMs, cpus }, { attended: { totalMs, idleMs } }),
  };
}

/** A person who stays and types nothing. */
async function* nobodyTypes(): AsyncGenerator<string> {
  await new Promise(() => {});
}

const ASK = `name = input("name? ")\nprint("hello", name)`;
const BUSY = `print("busy", flush=True)\nwhile True: pass`;
const BURN_HALF_A_SECOND = `#include <chrono>
#include <cstdio>
#include <ctime>
int main() {
  while (clock() < CLOCKS_PER_SEC / 2) {}
  puts("burned"); fflush(stdout);
  getchar();
  puts("done");
}`;

/** Runs that a person types into have limits of processor time, of idle time, and of wall-clock time in total. */
export function attendedSuite(wall: Wall): void {
  describe(`${wall.name}: runs that a person types into`, () => {
    const sandbox = testSandbox(wall.options);

    test("an answer that comes long after the run's time is over is read", async () => {
      const ran = await sandbox.run("python", ASK, {
        ...attended({ processorMs: 500 }),
        stdin: (async function* () {
          await sleep(2_500);
          yield "Ada\n";
        })(),
      });
      assert.deepEqual([ran.status, ran.stdout, ran.message], ["success", "name? hello Ada\n", null]);
      assert.ok(ran.durationMs >= 2_500);
    });

    test("a program that computes is stopped by processor time, and told so", async () => {
      const ran = await sandbox.run("python", BUSY, {
        ...attended({ processorMs: 700 }),
        stdin: nobodyTypes(),
      });
      assert.deepEqual([ran.status, ran.stdout, ran.output.exitCode], ["timeout", "busy\n", null]);
      assert.match(
        ran.message ?? "",
        /^The program was stopped after it had used 0\.7 s of processor time\b/,
      );
      assert.ok((ran.cpuMs ?? 0) >= 700, `${ran.cpuMs} ms`);
      // It has half a processor, so its processor time takes twice as long.
      assert.ok(ran.durationMs >= 1_400, `${ran.durationMs} ms`);
    });

    test("nobody who types ends the run, and the message says how long nothing came", async () => {
      const ran = await sandbox.run("python", ASK, { ...attended({ idleMs: 1_500 }), stdin: nobodyTypes() });
      assert.deepEqual([ran.status, ran.stdout], ["timeout", "name? "]);
      assert.equal(ran.message, "The program was stopped after 1.5 s without input or output.");
    });

    test("output and input each begin the idle time anew", async () => {
      const prints = `import time\nfor n in range(5):\n    print(n, flush=True)\n    time.sleep(0.8)`;
      const printing = await sandbox.run("python", prints, {
        ...attended({ idleMs: 2_500 }),
        stdin: nobodyTypes(),
      });
      assert.deepEqual([printing.status, printing.stdout], ["success", "0\n1\n2\n3\n4\n"]);
      const reads = `import sys\nprint(len(sys.stdin.readlines()))`;
      const typing = await sandbox.run("python", reads, {
        ...attended({ idleMs: 2_500 }),
        stdin: (async function* () {
          for (let line = 0; line < 5; line++) {
            await sleep(800);
            yield "line\n";
          }
        })(),
      });
      assert.deepEqual([typing.status, typing.stdout], ["success", "5\n"]);
    });

    test("a run that is neither busy nor idle ends with the wall clock, and is told so", async () => {
      const ran = await sandbox.run("bash", "while :; do echo tick; sleep 0.2; done", {
        ...attended({ totalMs: 1_500 }),
        stdin: nobodyTypes(),
      });
      assert.equal(ran.status, "timeout");
      assert.match(ran.stdout, /^(tick\n)+$/);
      assert.equal(
        ran.message,
        "The program was stopped after 1.5 s, the longest that a run with typed input may take.",
      );
    });

    test("the compiler's processor time is not the program's", async () => {
      // The compiler alone takes more than the 0.4 s that the program leaves.
      const ran = await sandbox.run("cpp", BURN_HALF_A_SECOND, {
        ...attended({ processorMs: 900, cpus: 1 }),
        stdin: (async function* () {
          await sleep(2_500);
          yield "\n";
        })(),
      });
      assert.deepEqual([ran.status, ran.stdout], ["success", "burned\ndone\n"], ran.message ?? "");
    });
  });
}

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LIMITS, limitsWith, MB, testSandbox } from "./testing/sandbox-fixture";
import { WALLS } from "./testing/walls";

const BUSY = "while True: pass";

for (const wall of WALLS) {
  describe(`what a request may ask for, in a ${wall.name}`, () => {
    const box = testSandbox(wall.options);

    test("processor time ends a program, and not one that only waits", async () => {
      const limits = { ...LIMITS, processor: { compileMs: null, runMs: 300 } };
      const busy = await box.run("python", BUSY, { limits });
      assert.equal(busy.status, "timeout");
      assert.match(busy.message ?? "", /0\.3 s of processor time, the limit of this run/);
      assert.ok(busy.durationMs < LIMITS.run.timeoutMs);
      const waiting = await box.run("python", "import time; time.sleep(2); print(1)", { limits });
      assert.deepEqual([waiting.status, waiting.stdout], ["success", "1\n"]);
    });

    test("the clock of a request ends a program before the plan's", async () => {
      const { status, message } = await box.run("bash", "sleep 9", {
        limits: limitsWith({ timeoutMs: 400 }),
      });
      assert.deepEqual(
        [status, message],
        ["timeout", "The program was stopped after 0.4 s, the limit of wall-clock time."],
      );
    });

    test("output is cut where the request says", async () => {
      const { status, message, output } = await box.run("bash", "printf 0123456789abcdef", {
        limits: { ...LIMITS, outputBytes: 10 },
      });
      assert.deepEqual([status, output.stdout, output.truncated], ["output_limit", "0123456789", true]);
      assert.equal(message, "The program printed more than 10 bytes; what came before is kept.");
    });

    test("less memory than the plan's is what the kernel holds the program to", async () => {
      const limits = limitsWith({ memoryBytes: 32 * MB });
      const hog = await box.run("python", "x = bytearray(64 * 1024 * 1024)", { limits });
      assert.equal(hog.status, "memory_limit");
      assert.match(hog.message ?? "", /more than 32 MB/);
      assert.equal((await box.run("python", "print(1)", { limits })).stdout, "1\n");
    });

    test("variables arrive as they are, whatever they hold, and with the compiled program", async () => {
      const env = { GREETING: "a 'b' \"c\" $HOME `id` \\ \n;é", EMPTY: "" };
      const python =
        "import os; print(repr(os.environ['GREETING']), repr(os.environ['EMPTY']), os.environ['HOME'])";
      const ran = await box.run("python", python, { env });
      assert.equal(ran.stdout, `${pythonText(env.GREETING)} '' /tmp\n`);
      const c = '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { puts(getenv("GREETING")); }';
      assert.equal((await box.run("c", c, { env })).stdout, `${env.GREETING}\n`);
    });

    test("the main file has the name that it is given", async () => {
      const python = await box.run("python", "import sys; print(sys.argv, __file__)", {
        mainFile: "solve.py",
        args: ["x"],
      });
      assert.match(python.stdout, /^\['solve\.py', 'x'\] .*solve\.py\n$/);
      const c = await box.run("c", "#include <stdio.h>\nint main(void) { puts(__FILE__); }", {
        mainFile: "solve.c",
      });
      assert.equal(c.stdout, "solve.c\n");
    });
  });
}

/** As Python's `repr` writes a text with both kinds of quotation marks. */
function pythonText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
}

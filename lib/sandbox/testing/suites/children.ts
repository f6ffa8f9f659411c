import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Language } from "../../../languages";
import { collect, languageOf, specOf, type TestSandbox, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

/** A parent that returns at once, and its child, which prints 50 ms later. */
const LATE_CHILD = `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) {
  int n = 0;
  scanf("%d", &n);
  printf("parent %d\\n", n);
  fflush(stdout);
  if (fork() == 0) {
    usleep(50 * 1000);
    printf("child %d\\n", n);
    fprintf(stderr, "problem %d\\n", n);
  }
  return 0;
}`;

/** Processes that outlive their program: their output counts for 250 ms, and they affect nothing after that. */
export function childrenSuite(wall: Wall): void {
  describe(`${wall.name}: children that outlive the program`, () => {
    const sandbox = testSandbox(wall.options);

    test("what a script copies through tee is there, all of it", async () => {
      const code = `exec > >(tee "$HOME/log") 2>&1; echo copying; for i in 1 2 3; do echo step $i; done`;
      for (let round = 0; round < 5; round++) {
        const ran = await sandbox.run("bash", code);
        assert.deepEqual([ran.status, ran.stdout], ["success", "copying\nstep 1\nstep 2\nstep 3\n"]);
      }
    });

    test("what a forked child prints after its parent has returned is there, on both streams", async () => {
      const ran = await sandbox.run("c", LATE_CHILD);
      assert.deepEqual([ran.status, ran.output.exitCode], ["success", 0]);
      assert.deepEqual([ran.stdout, ran.stderr], ["parent 0\nchild 0\n", "problem 0\n"]);
    });

    test("what children of a program that stood by print late is there, and its exit code is its own", async () => {
      const program = `import os, sys, time
print("parent", flush=True)
for name in ("first", "second"):
    if os.fork() == 0:
        time.sleep(0.05 if name == "first" else 0.1)
        print(name, flush=True)
        os._exit(9)
os._exit(3)`;
      const ran = await sandbox.run("python", program);
      assert.deepEqual([ran.output.exitCode, ran.stdout], [3, "parent\nfirst\nsecond\n"]);
    });

    test("a daemon does not delay the answer, and is gone before it could say more", async () => {
      const ran = await sandbox.run("bash", "setsid sh -c 'sleep 3; echo too late; sleep 60' & echo parent");
      assert.deepEqual([ran.status, ran.stdout], ["success", "parent\n"]);
    });

    test("children that hold the output open for a minute neither delay the answer nor outlive it", async () => {
      const program = `import os, time
for _ in range(10):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
print("parent ends", flush=True)`;
      const ran = await sandbox.run("python", program);
      assert.deepEqual([ran.status, ran.stdout], ["success", "parent ends\n"]);
    });

    const orphans = {
      bash: "for i in $(seq 300); do ( : & ); done; echo done",
      python: `import os
for _ in range(300):
    child = os.fork()
    if child == 0:
        os.fork()
        os._exit(0)
    os.waitpid(child, 0)
print("done")`,
    };
    for (const [language, code] of Object.entries(orphans)) {
      test(`${language}: orphans that have ended count no longer while their program runs`, async () => {
        const ran = await sandbox.run(language, code);
        assert.deepEqual([ran.status, ran.stdout, ran.stderr], ["success", "done\n", ""]);
      });
    }

    // With gVisor a sandbox ends before its processes are used up: see the suite of limits.
    if (wall.kernel === "host") usedUpProcesses(sandbox);

    test("children that kill and stop whatever waits for them only end their own run", async () => {
      const program = `import os, time
if os.fork() == 0:
    while os.getppid() != 1: time.sleep(0.001)
    for _ in range(1000):
        for pid in os.listdir("/proc"):
            if pid.isdigit() and int(pid) not in (1, os.getpid()): os.kill(int(pid), 9)
        time.sleep(0.001)
    os._exit(0)
print("parent", flush=True)`;
      const ran = await sandbox.run("python", program);
      assert.deepEqual([ran.status, ran.stdout], ["success", "parent\n"], ran.stderr);
    });

    test("a test case has its children's output, and none of theirs is left for the next", async () => {
      const tests = [1, 2, 3].map((n) => ({ stdin: `${n}\n`, expected: `parent ${n}\nchild ${n}\n` }));
      const ran = await sandbox.run("c", LATE_CHILD, { tests });
      assert.deepEqual(
        ran.tests.map(({ status, actual }) => [status, actual]),
        tests.map(({ expected }) => ["passed", expected]),
      );
      assert.equal(ran.stderr, "problem 1\nproblem 2\nproblem 3\n");
    });

    test("what a compiler's child prints is the compiler's, and it is gone before the program starts", async () => {
      const { standby: _, ...bash } = languageOf("bash");
      const language: Language = {
        ...bash,
        compile: ["sh", "-c", "(sleep 0.05; echo late; sleep 60) & echo early"],
        run: ["sh", "-c", "set -- /proc/[0-9]*; echo $#"],
      };
      const ran = await collect(sandbox.underTest, { ...specOf("bash", ""), language });
      assert.deepEqual([ran.compile?.stdout, ran.stdout], ["early\nlate\n", "2\n"]);
    });
  });
}

function usedUpProcesses(sandbox: TestSandbox): void {
  test("children that have used up all processes neither delay the answer nor change it", async () => {
    const program = `import os, sys, time
try:
  while True:
      if os.fork() == 0: time.sleep(60)
except OSError: print("full", flush=True)
os._exit(5)`;
    const ran = await sandbox.run("python", program);
    assert.deepEqual([ran.status, ran.output.exitCode, ran.stdout], ["error", 5, "full\n"]);
  });
}

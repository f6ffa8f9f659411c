import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  collect,
  known,
  languageOf,
  limitsWith,
  MB,
  specOf,
  type TestSandbox,
  testSandbox,
} from "../sandbox-fixture";
import type { Wall } from "../walls";

/** How a run ended is told rightly under every isolation. */
export function verdictsSuite(wall: Wall): void {
  describe(`${wall.name}: verdicts`, () => {
    const sandbox = testSandbox(wall.options);

    test("an exit code is the program's own number, also those that look like a signal", async () => {
      const codes = [0, 1, 2, 42, 70, 126, 127, 128, 129, 130, 137, 139, 141, 143, 255];
      const rans = await Promise.all(codes.map((code) => sandbox.run("bash", `exit ${code}`)));
      for (const [index, ran] of rans.entries()) {
        const code = codes[index] ?? 0;
        assert.deepEqual([ran.status, ran.output.exitCode], [code === 0 ? "success" : "error", code]);
        // dash says nothing of SIGINT and SIGPIPE, so the supervisor cannot tell them from these two numbers.
        if (code !== 130 && code !== 141)
          assert.equal(ran.output.signal, null, `exit ${code} is not a signal`);
      }
    });

    test("a compiled program's exit code is its own too, and its memory is measured", async () => {
      for (const code of [1, 2, 42, 137, 255]) {
        const ran = await sandbox.run("c", `int main(void) { return ${code}; }`);
        assert.deepEqual([ran.status, ran.output.exitCode, ran.output.signal], ["error", code, null]);
        assert.ok(
          known(ran.memoryUsed) > 100_000 && known(ran.memoryUsed) < 8 * MB,
          `${ran.memoryUsed} bytes`,
        );
      }
    });

    test("a program that tampers with the supervisor's files is still only an error of its own", async () => {
      for (const line of ["nonsense", "-1", "", "9".repeat(30), "1 2 3", "Command exited\\n"]) {
        const code = `#include <stdio.h>\nint main(void) { remove("/tmp/.rss"); fputs("${line}", fopen("/tmp/.rss", "w")); return 3; }`;
        const ran = await sandbox.run("c", code);
        assert.deepEqual([ran.status, ran.output.exitCode], ["error", 3], line);
      }
    });

    test("a signal that ended the program is named, with exit code 128 + its number", async () => {
      const signals = {
        ...{ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8 },
        ...{
          SIGKILL: 9,
          SIGUSR1: 10,
          SIGSEGV: 11,
          SIGPIPE: 13,
          SIGALRM: 14,
          SIGTERM: 15,
          SIGXCPU: 24,
          SIGSYS: 31,
        },
      };
      const program = `import os, signal, sys
number = int(sys.argv[1])
print("before", flush=True)
if number != 9: signal.signal(number, signal.SIG_DFL)
os.kill(os.getpid(), number)
print("after")`;
      const entries = Object.entries(signals);
      const rans = await Promise.all(
        entries.map(([, number]) => sandbox.run("python", program, { args: [`${number}`] })),
      );
      for (const [index, ran] of rans.entries()) {
        const [signal, number] = entries[index] ?? ["", 0];
        assert.deepEqual(
          [ran.status, ran.output.exitCode, ran.output.signal, ran.stdout, ran.stderr],
          ["error", 128 + number, signal, "before\n", ""],
        );
      }
    });

    // gVisor's /proc tells nothing of signals.
    if (wall.kernel === "host") signalsByProc(sandbox);

    test("a compiled program starts with no signal ignored or blocked", async () => {
      // SIGURG has a handler of ours, by which a program writes what it holds before it is killed (ADR 60).
      const program = `#include <signal.h>
#include <stdio.h>
int main(void) {
  sigset_t blocked;
  sigprocmask(SIG_SETMASK, NULL, &blocked);
  for (int n = 1; n < 65; n++) {
    struct sigaction now;
    if (sigismember(&blocked, n) == 1) printf("%d is blocked\\n", n);
    if (sigaction(n, NULL, &now) == 0 && now.sa_handler != SIG_DFL && n != SIGURG) printf("%d is not as usual\\n", n);
  }
}`;
      const ran = await sandbox.run("c", program);
      assert.deepEqual([ran.status, ran.stdout], ["success", ""], ran.stderr);
    });

    test("a crash of a compiled program is its signal", async () => {
      const abort = await sandbox.run("c", "#include <stdlib.h>\nint main(void) { abort(); }");
      assert.deepEqual([abort.status, abort.output.exitCode, abort.output.signal], ["error", 134, "SIGABRT"]);
      const fault = await sandbox.run("c", "int main(void) { return *(volatile int *)0; }");
      assert.deepEqual([fault.status, fault.output.exitCode, fault.output.signal], ["error", 139, "SIGSEGV"]);
      assert.ok(known(fault.memoryUsed) > 100_000);
    });

    test("an uncaught exception is an error with its words on stderr", async () => {
      const ran = await sandbox.run("python", `print("so far")\nraise ValueError("no good")`);
      assert.deepEqual([ran.status, ran.output.exitCode, ran.output.signal], ["error", 1, null]);
      assert.equal(ran.stdout, "so far\n");
      assert.match(ran.stderr, /ValueError: no good/);
      assert.equal(ran.message, null);
    });

    test("a program over its time is a timeout and what it had printed is kept", async () => {
      const ran = await sandbox.run("python", `import time\nprint("kept", flush=True)\ntime.sleep(60)`, {
        limits: limitsWith({ timeoutMs: 1_500 }),
      });
      assert.deepEqual([ran.status, ran.stdout, ran.output.exitCode], ["timeout", "kept\n", null]);
      assert.match(ran.message ?? "", /1\.5 s/);
    });

    test("a program over its memory is memory_limit, said with the limit", async () => {
      const ran = await sandbox.run("python", `print("kept", flush=True)\nx = bytearray(400_000_000)`);
      assert.deepEqual([ran.status, ran.stdout], ["memory_limit", "kept\n"]);
      assert.match(ran.message ?? "", /128 MB/);
      assert.ok(
        known(ran.memoryUsed) > 100 * MB && known(ran.memoryUsed) <= 130 * MB,
        `${ran.memoryUsed} bytes`,
      );
    });

    test("a program over its output is output_limit and what came before is kept", async () => {
      const ran = await sandbox.run("python", `while True: print("x" * 1023)`);
      assert.equal(ran.status, "output_limit");
      assert.equal(ran.output.truncated, true);
      assert.equal(ran.stdout.length, MB);
      assert.match(ran.message ?? "", /1,024 KB/);
    });

    test("output of exactly the cap is a success, one byte more is not", async () => {
      const program = `import sys; sys.stdout.write("x" * int(sys.argv[1]))`;
      const full = await sandbox.run("python", program, { args: [String(MB)] });
      assert.deepEqual([full.status, full.stdout.length, full.output.truncated], ["success", MB, false]);
      const over = await sandbox.run("python", program, { args: [String(MB + 1)] });
      assert.deepEqual([over.status, over.stdout.length, over.output.truncated], ["output_limit", MB, true]);
    });

    test("a language whose program cannot be found is an error, not our fault", async () => {
      const { standby: _, ...python } = languageOf("python");
      const broken = { ...python, run: ["no-such-interpreter", "main.py"] };
      const ran = await collect(sandbox.underTest, { ...specOf("python", ""), language: broken });
      assert.deepEqual([ran.status, ran.output.exitCode], ["error", 127]);
    });

    test("a second run finds no trace of the first", async () => {
      await sandbox.run(
        "bash",
        "echo trace >/tmp/trace; echo trace >/tmp/work/trace; echo trace >/dev/shm/trace",
      );
      const ran = await sandbox.run("bash", "find /tmp /dev/shm -type f ! -name main.sh");
      assert.equal(ran.stdout, "");
    });
  });
}

function signalsByProc(sandbox: TestSandbox): void {
  test("a program starts with no signal ignored or blocked", async () => {
    const ran = await sandbox.run("bash", "grep -E '^Sig(Ign|Blk)' /proc/self/status");
    assert.equal(ran.stdout, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
  });
}

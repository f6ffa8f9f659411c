/** What the README recommends as a second wall, with our images. A fair sample; the suites run whole in `gvisor-suites.docker.test.ts`. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gvisorWalls } from "./testing/gvisor";
import { attack, collect, known, limitsWith, MB, specOf, testSandbox } from "./testing/sandbox-fixture";

const { held, unheld } = gvisorWalls(["python", "javascript", "c", "bash"]);
describe("gVisor", () => {
  const sandbox = testSandbox(held.options);
  const unheldSandbox = testSandbox(unheld.options);

  test("programs run with our images, with input, arguments, files, and a compiler before them", async () => {
    const python = await sandbox.run(
      "python",
      "import sys\nprint(input(), sys.argv[1:], open('data').read())",
      {
        stdin: "typed\n",
        args: ["a b"],
        files: [{ path: "data", content: "kept" }],
      },
    );
    assert.deepEqual([python.status, python.stdout], ["success", "typed ['a b'] kept\n"], python.stderr);
    const c = await sandbox.run("c", `#include <stdio.h>\nint main(void) { puts("compiled"); return 3; }`);
    assert.deepEqual([c.status, c.stdout, c.output.exitCode], ["error", "compiled\n", 3]);
    const node = await sandbox.run("javascript", "console.log(process.argv.length)");
    assert.deepEqual([node.status, node.stdout], ["success", "2\n"], node.stderr);
  });

  test("a program that stands by, a question and an answer, files left behind and late children work", async () => {
    let asked = () => {};
    const question = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const talk = await sandbox.run("python", `print("who?", flush=True)\nprint("hello", input())`, {
      stdin: (async function* () {
        await question;
        yield "gVisor\n";
      })(),
      onEvent: (event) => event.type === "stdout" && asked(),
    });
    assert.equal(talk.stdout, "who?\nhello gVisor\n");
    const left = await sandbox.run("bash", `echo kept > "$OUTPUT_DIR/file.txt"; (sleep 0.1; echo late) &`);
    assert.deepEqual([left.stdout, left.artifacts.map(({ name }) => name)], ["late\n", ["file.txt"]]);
  });

  test("what a test case leaves behind is gone before the next", async () => {
    const program =
      "ls -d /proc/[0-9]* 2>&1 | wc -l >/dev/null; sleep 60 & read line; echo $line; set -- /proc/[0-9]*; echo $# >&2";
    const tests = ["a", "b", "c"].map((word) => ({ stdin: `${word}\n`, expected: word }));
    const ran = await sandbox.run("bash", program, { tests });
    assert.deepEqual(
      ran.tests.map(({ status }) => status),
      ["passed", "passed", "passed"],
    );
    assert.equal(new Set(ran.stderr.trim().split("\n")).size, 1, `processes of each test: ${ran.stderr}`);
  });

  test("a program can read neither the memory nor the environment's secrets of the process that reports on it", async () => {
    const ran = await sandbox.run("python", await attack("supervisor.py"), { args: ["spare"] });
    assert.match(ran.stdout, /^tried$/m, ran.stderr);
    const could = ran.stdout.match(/^COULD .*$/gm) ?? [];
    // What gVisor shows of a process to programs of the same user. The nonce is in none of it: it is in memory alone.
    const harmless =
      /^COULD (read \/proc\/1\/(task\/1\/)?(environ|maps|smaps|auxv|io) |write \/proc\/1\/oom_score_adj |(follow|list|open) \/proc\/1\/(fd|fdinfo|ns)\b)/;
    assert.deepEqual(
      could.filter((line) => !harmless.test(line)),
      [],
    );
    assert.doesNotMatch(ran.stdout, /COULD (see|ptrace|process_vm_readv|pidfd_getfd)/);
  });

  test("a program that ends or stops the process that reports on it fails, and gets no other's sandbox", async () => {
    for (const line of ["os.kill(1, 9)", "os.kill(1, 15)", "os.kill(-1, 9)"]) {
      const ran = await sandbox.run(
        "python",
        `import os\nprint("up", flush=True)\n${line}\nos.kill(os.getpid(), 9)`,
      );
      assert.deepEqual([ran.status, ran.stdout], ["error", "up\n"], line);
    }
    const stopped = await sandbox.run("python", `import os\nprint("up", flush=True)\nos.kill(1, 19)`, {
      limits: limitsWith({ timeoutMs: 2_000 }),
    });
    assert.equal(stopped.status, "timeout");
    assert.equal((await sandbox.run("bash", "echo fine")).stdout, "fine\n");
  });

  test("limits hold where gVisor has control groups, and figures are the sandbox's own", async () => {
    const hog = await sandbox.run("python", "x = bytearray(400_000_000)");
    assert.deepEqual([hog.status, hog.memoryUsed], ["memory_limit", 128 * MB]);
    const busy = await sandbox.run("python", "x = bytearray(30_000_000)\nwhile True: pass", {
      limits: limitsWith({ timeoutMs: 3_000 }),
    });
    assert.equal(busy.status, "timeout");
    assert.ok(known(busy.cpuMs) > 300 && known(busy.cpuMs) <= 0.6 * 3_000, `${busy.cpuMs} ms`);
    assert.ok(
      known(busy.memoryUsed) > 30_000_000 && known(busy.memoryUsed) <= 128 * MB,
      `${busy.memoryUsed}`,
    );
    const fine = await sandbox.run("python", "x = bytearray(30_000_000)\nprint(4)");
    assert.equal(fine.stdout, "4\n");
    assert.ok(known(fine.cpuMs) > 0 && known(fine.memoryUsed) > 30_000_000);
  });

  test("where gVisor has none that is said, and no figure is another's", async () => {
    const busy = await unheldSandbox.run("python", "while True: pass", {
      limits: limitsWith({ timeoutMs: 1_500 }),
    });
    assert.deepEqual([busy.status, busy.cpuMs, busy.memoryUsed], ["timeout", null, null]);
    const fine = await unheldSandbox.run("python", "print(4)");
    assert.deepEqual([fine.stdout, fine.cpuMs, fine.memoryUsed], ["4\n", null, null]);
    const health = await unheldSandbox.underTest.health();
    assert.equal(health.ok, true);
    assert.match(health.message ?? "", /runsc-unheld holds sandboxes to no limit.*--ignore-cgroups/);
  });

  test("a cancel and a flood of output end as ever", async () => {
    const controller = new AbortController();
    const cancelled = await sandbox.run("bash", "echo up; sleep 60", {
      signal: controller.signal,
      onEvent: (event) => event.type === "stdout" && controller.abort(),
    });
    assert.deepEqual([cancelled.status, cancelled.stdout], ["cancelled", "up\n"]);
    const flood = await sandbox.run("python", `while True: print("x" * 1023)`);
    assert.deepEqual([flood.status, flood.stdout.length], ["output_limit", MB]);
  });

  test("several runs at once keep to themselves", async () => {
    const rans = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        collect(sandbox.underTest, specOf("bash", `echo ${n} > /tmp/n; sleep 0.5; cat /tmp/n`)),
      ),
    );
    assert.deepEqual(
      rans.map(({ stdout }) => stdout),
      ["1\n", "2\n", "3\n", "4\n"],
    );
  });
});

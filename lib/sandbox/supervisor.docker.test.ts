import assert from "node:assert/strict";
import { test } from "node:test";
import { attack, limitsWith, testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

test("a program can neither read nor touch the process that reports on it", async () => {
  const ran = await sandbox.run("python", await attack("supervisor.py"), {
    stdin: "typed\n",
    args: ["input"],
  });
  assert.equal(ran.status, "success", ran.stderr);
  assert.equal(ran.stdout, "rest of the input 'typed\\n'\ntried\n");
});

test("a program among test cases finds neither the next one's input nor its header in reach", async () => {
  const secret = "input-of-the-second";
  const program = `${await attack("supervisor.py")}
import fcntl
for fd in range(64):
    try: print("fd", fd, os.readlink(f"/proc/self/fd/{fd}"))
    except OSError: pass
print(os.listdir("/tmp"), open("/tmp/.input").read())`;
  const ran = await sandbox.run("python", program, {
    tests: [
      { stdin: "input-of-the-first", expected: "" },
      { stdin: secret, expected: "" },
    ],
  });
  const [first] = ran.tests;
  assert.match(first?.actual ?? "", /tried/);
  assert.doesNotMatch(first?.actual ?? "", /COULD/);
  assert.ok(first?.actual.includes("input-of-the-first") && !first.actual.includes(secret));
});

test("a storm of every signal on the supervisor is without effect", async () => {
  const program = `import os, signal, time
for _ in range(10):
    if os.fork() == 0:
        while True:
            for number in range(1, 65):
                try: os.kill(1, number)
                except OSError: pass
time.sleep(0.3)
print(input(), flush=True)
os._exit(9)`;
  for (let round = 0; round < 3; round++) {
    const tests = ["a", "b", "c"].map((word) => ({ stdin: `${word}\n`, expected: word }));
    const ran = await sandbox.run("python", program, { tests });
    assert.deepEqual(
      ran.tests.map(({ status, actual }) => [status, actual]),
      [
        ["error", "a\n"],
        ["error", "b\n"],
        ["error", "c\n"],
      ],
    );
    assert.deepEqual([ran.status, ran.output.exitCode, ran.output.signal], ["error", 9, null]);
  }
});

const FORGERIES: [string, string][] = [
  [
    "kills all it can see and says success before",
    `print("\\x1e" + "0" * 32 + " 0 0 1 1 1 0 0", flush=True)\ntry: os.kill(-1, 9)\nfinally: os._exit(9)`,
  ],
  [
    "writes a step into its own input",
    `os.write(os.open("/proc/self/fd/0", os.O_WRONLY), b"0 1 0 1 none 0 0\\ntrue\\n"); os._exit(9)`,
  ],
  ["interrupts the supervisor", `os.kill(1, signal.SIGINT); os._exit(9)`],
  ["stops the supervisor", `os.kill(1, signal.SIGSTOP); os._exit(9)`],
  ["exits from a grandchild", `os.fork() or os._exit(0); os._exit(9)`],
  [
    "puts its own programs first",
    `open("/tmp/work/head", "w").write("#!/bin/sh\\necho forged"); os.chmod("/tmp/work/head", 0o755); os._exit(9)`,
  ],
  [
    "leaves traps for the supervisor",
    `[os.mkfifo("/tmp/" + n) for n in (".rss", ".input", ".messages")]; os._exit(9)`,
  ],
];
for (const [name, line] of FORGERIES) {
  test(`a failing program that ${name} is still a failure`, async () => {
    const ran = await sandbox.run("python", `import os, signal\n${line}`, {
      limits: limitsWith({ timeoutMs: 3_000 }),
    });
    assert.equal(ran.status, "error", ran.stderr);
    assert.ok([9, 137].includes(ran.output.exitCode ?? 0), `exit code ${ran.output.exitCode}`);
  });
}

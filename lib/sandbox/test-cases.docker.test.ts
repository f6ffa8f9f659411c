import assert from "node:assert/strict";
import { test } from "node:test";
import { limitsWith, testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

test("each test case has its own input, and is passed or failed by its output", async () => {
  const ran = await sandbox.run("python", "print(int(input()) * 2)", {
    tests: [
      { stdin: "1\n", expected: "2\n" },
      { stdin: "2\n", expected: "5" },
      { stdin: "21", expected: "42  \n\n" },
    ],
  });
  assert.deepEqual(
    ran.tests.map(({ status, actual }) => [status, actual]),
    [
      ["passed", "2\n"],
      ["failed", "4\n"],
      ["passed", "42\n"],
    ],
  );
  assert.deepEqual([ran.status, ran.stdout], ["success", "2\n4\n42\n"]);
});

test("a test case that crashes is an error, and the next ones still run", async () => {
  const ran = await sandbox.run(
    "c",
    `#include <stdio.h>\nint main(void) { int n; scanf("%d", &n); printf("%d", n); return n; }`,
    {
      tests: [
        { stdin: "0", expected: "0" },
        { stdin: "9", expected: "9" },
        { stdin: "0", expected: "0" },
      ],
    },
  );
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "error", "passed"],
  );
  assert.deepEqual([ran.status, ran.output.exitCode], ["error", 9]);
});

test("a test case over its time ends the run, and those after it are skipped", async () => {
  const ran = await sandbox.run("python", "n = input()\nprint(n, flush=True)\nwhile n == 'hang': pass", {
    tests: ["go", "hang", "go"].map((word) => ({ stdin: `${word}\n`, expected: word })),
    limits: limitsWith({ timeoutMs: 1_500 }),
  });
  assert.deepEqual(
    ran.tests.map(({ status, actual }) => [status, actual]),
    [
      ["passed", "go\n"],
      ["timeout", "hang\n"],
      ["skipped", ""],
    ],
  );
  assert.equal(ran.status, "timeout");
});

test("a test case over its memory or output says so", async () => {
  const memory = await sandbox.run("python", "x = bytearray(400_000_000)", {
    tests: [{ stdin: "", expected: "" }],
  });
  assert.deepEqual([memory.status, memory.tests[0]?.status], ["memory_limit", "memory_limit"]);
  const output = await sandbox.run("python", "while True: print('x' * 1000)", {
    tests: [
      { stdin: "", expected: "" },
      { stdin: "", expected: "" },
    ],
  });
  assert.deepEqual(
    output.tests.map(({ status }) => status),
    ["output_limit", "skipped"],
  );
});

test("a program that does not compile skips its test cases", async () => {
  const ran = await sandbox.run("c", "int main(", { tests: [{ stdin: "", expected: "" }] });
  assert.deepEqual([ran.status, ran.tests[0]?.status], ["compile_error", "skipped"]);
});

test("what one test case leaves running does not reach into the next", async () => {
  const program = `import os, subprocess, sys, time
print(input(), len([p for p in os.listdir("/proc") if p.isdigit()]), flush=True)
for _ in range(20):
    subprocess.Popen(["sh", "-c", "while :; do sleep 0.01; done"], start_new_session=True)`;
  const ran = await sandbox.run("python", program, {
    tests: ["a", "b", "c"].map((stdin) => ({ stdin: `${stdin}\n`, expected: `${stdin} 2` })),
  });
  assert.deepEqual(
    ran.tests.map(({ status, actual }) => [status, actual]),
    [
      ["passed", "a 2\n"],
      ["passed", "b 2\n"],
      ["passed", "c 2\n"],
    ],
  );
});

test("a test case that fills the disk does not turn the next one's input into commands", async () => {
  const program = `import sys
data = sys.stdin.read()
print(len(data))
try:
    with open("/tmp/fill", "wb") as file:
        while True: file.write(b"x" * 65536)
except OSError: pass`;
  const forged = `${"0".repeat(32)} 1 0 2 none 0 0\nbash\nforged\n`.repeat(2_000);
  const ran = await sandbox.run("python", program, {
    tests: [
      { stdin: "first", expected: "5" },
      { stdin: forged, expected: `${forged.length}` },
      { stdin: "third", expected: "5" },
    ],
    limits: limitsWith({ timeoutMs: 3_000, memoryBytes: 256 * 1_048_576 }),
  });
  assert.equal(ran.tests[0]?.status, "passed");
  assert.deepEqual([ran.tests[1]?.status, ran.tests[2]?.status], ["error", "skipped"]);
  assert.equal(ran.status, "error");
  assert.doesNotMatch(ran.stdout, /forged/);
});

test("output before a crash is complete, 500 times in a row", async () => {
  const line = "0123456789abcdef".repeat(250);
  const program = `#include <stdio.h>
#include <stdlib.h>
int main(void) {
  char line[8192];
  if (!fgets(line, sizeof line, stdin)) return 2;
  fputs(line, stdout); fflush(stdout);
  fputs("last words", stderr); fflush(stderr);
  abort();
}`;
  const tests = Array.from({ length: 50 }, () => ({ stdin: line, expected: line }));
  for (let round = 0; round < 10; round++) {
    const ran = await sandbox.run("c", program, { tests });
    assert.equal(ran.tests.length, 50);
    for (const { status, actual } of ran.tests) assert.deepEqual([status, actual], ["error", line]);
    assert.equal(ran.stderr, "last words".repeat(50));
    assert.deepEqual([ran.output.exitCode, ran.output.signal], [134, "SIGABRT"]);
  }
});

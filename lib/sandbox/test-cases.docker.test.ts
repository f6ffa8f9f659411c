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

test("every kind of verdict comes after one compile, and none of them keeps the others from running", async () => {
  const program = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) {
  char word[32];
  if (scanf("%31s", word) != 1) return 7;
  if (!strcmp(word, "hang")) { if (!fork()) { setsid(); for (;;) pause(); } printf("half "); for (;;); }
  if (!strcmp(word, "flood")) for (;;) puts("0123456789012345678901234567890123456789");
  if (!strcmp(word, "hog")) for (;;) { char *p = malloc(1 << 20); if (p) memset(p, 1, 1 << 20); }
  if (!strcmp(word, "crash")) { fputs("no\\n", stderr); abort(); }
  printf("%s\\n", word);
  return 0;
}`;
  const words = ["fine", "hang", "other", "flood", "hog", "crash", "fine"];
  const tests = words.map((word) => ({ stdin: word, expected: word === "other" ? "another" : word }));
  const ran = await sandbox.run("c", program, { tests, limits: limitsWith({ timeoutMs: 1_500 }) });
  assert.deepEqual(
    ran.tests.map(({ status, actual, exitCode }) => [status, actual.slice(0, 6), exitCode]),
    [
      ["passed", "fine\n", undefined],
      ["timeout", "half ", undefined],
      ["failed", "other\n", undefined],
      ["output_limit", "012345", undefined],
      ["memory_limit", "", undefined],
      ["error", "", 134],
      ["passed", "fine\n", undefined],
    ],
  );
  assert.equal(ran.tests[5]?.stderr, "no\n");
  assert.equal(ran.events.filter((event) => event.type === "stage" && event.stage === "compile").length, 1);
  assert.deepEqual([ran.status, ran.output.truncated], ["timeout", true]);
  assert.equal(ran.message, '5 of 7 tests failed: "Test 2", "Test 3", "Test 4" and 2 more.');
  const told = ran.events.flatMap((event) => (event.type === "test" ? [[event.index, event.result]] : []));
  assert.deepEqual(
    told,
    ran.tests.map((result, index) => [index, result]),
  );
});

test("an interpreter that stands by for the first test case is ended alone too", async () => {
  const ran = await sandbox.run("python", "n = input()\nprint(n, flush=True)\nwhile n == 'hang': pass", {
    tests: ["hang", "go", "go"].map((word) => ({ stdin: `${word}\n`, expected: word })),
    limits: limitsWith({ timeoutMs: 1_500 }),
  });
  assert.deepEqual(
    ran.tests.map(({ status, actual }) => [status, actual]),
    [
      ["timeout", "hang\n"],
      ["passed", "go\n"],
      ["passed", "go\n"],
    ],
  );
});

test("all test cases together have three times a run's time; what does not fit is skipped", async () => {
  const ran = await sandbox.run("bash", "read n; echo $n; [ $n = go ] || while :; do :; done", {
    tests: ["go", "a", "b", "c", "go"].map((word) => ({ stdin: `${word}\n`, expected: word })),
    limits: limitsWith({ timeoutMs: 1_000 }),
  });
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "timeout", "timeout", "skipped", "skipped"],
  );
  assert.equal(ran.status, "timeout");
  assert.match(
    ran.message ?? "",
    /^2 of 5 tests failed, 2 skipped: "Test 2", "Test 3"\. The rest was skipped/,
  );
});

test("a program cannot end the test cases after it by the signals that the server sends", async () => {
  const ran = await sandbox.run(
    "bash",
    `read n; echo $n; [ $n = go ] || { kill -64 1 0; kill -URG 1; sleep 5; }`,
    {
      tests: ["go", "send", "go", "send", "go"].map((word) => ({ stdin: `${word}\n`, expected: word })),
      limits: limitsWith({ timeoutMs: 3_000 }),
    },
  );
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "error", "passed", "error", "passed"],
  );
});

test("each test case may print as much as a run, and together as much is kept", async () => {
  const ran = await sandbox.run("python", "n = int(input())\nprint('x' * n)", {
    tests: [900_000, 10, 900_000, 2_000_000].map((n) => ({
      stdin: `${n}\n`,
      expected: "x".repeat(Math.min(n, 900_000)),
    })),
  });
  assert.deepEqual(
    ran.tests.map(({ status, truncated }) => [status, truncated]),
    [
      ["passed", true],
      ["passed", undefined],
      ["passed", true],
      ["output_limit", true],
    ],
  );
  assert.equal(ran.stdout, ran.tests.map(({ actual }) => actual).join(""));
  assert.ok(ran.stdout.length <= 1_048_576 && ran.stdout.length > 900_000);
});

test("output is compared as the test says", async () => {
  const ran = await sandbox.run("python", "print(1 / 3, 'end ')", {
    tests: [
      { expected: "0.333333 end", compare: { tolerance: 1e-6 } },
      { expected: "0.333333 end", compare: { tolerance: 1e-7 } },
      { expected: "0.3333333333333333 end", compare: "trimmed" },
      { expected: "0.3333333333333333 end", compare: "exact" },
      { expected: "0.3333333333333333 end \n", compare: "exact" },
    ].map((test) => ({ stdin: "", ...test })) as { stdin: string; expected: string }[],
  });
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "failed", "passed", "failed", "passed"],
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

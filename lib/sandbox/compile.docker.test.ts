import assert from "node:assert/strict";
import { test } from "node:test";
import type { StageLimits } from "../schemas/run-limits";
import { known, LIMITS, MB, type Ran, testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

const FINE = "int main(void) { return 0; }";

function compileWith(compile: Partial<StageLimits>, outputBytes = LIMITS.outputBytes) {
  return { limits: { ...LIMITS, outputBytes, compile: { ...LIMITS.compile, ...compile } } };
}

/** All output of the compile and of the run. */
function said(ran: Ran): string {
  return `${ran.compile?.stdout}${ran.compile?.stderr}${ran.stdout}${ran.stderr}`;
}

test("a program that does not compile is compile_error with the compiler's words, and never runs", async () => {
  const ran = await sandbox.run("c", `int main(void) { return undeclared_name; }`);
  assert.equal(ran.status, "compile_error");
  assert.equal(ran.compile?.exitCode, 1);
  assert.match(ran.compile?.stderr ?? "", /main\.c:1:\d+: error: .undeclared_name. undeclared/);
  assert.equal(ran.output.exitCode, null);
  assert.deepEqual(
    ran.events.flatMap((event) => (event.type === "stage" ? [event.stage] : [])),
    ["compile"],
  );
});

test("TypeScript's and C++'s compilers report errors the same way", async () => {
  const typescript = await sandbox.run("typescript", "const x: number = ;");
  assert.deepEqual([typescript.status, typescript.compile?.exitCode], ["compile_error", 1]);
  assert.match(typescript.compile?.stderr ?? "", /main\.ts:1:18/);
  const cpp = await sandbox.run("cpp", "int main() { std::vector<int> v; }");
  assert.equal(cpp.status, "compile_error");
  assert.match(cpp.compile?.stderr ?? "", /main\.cpp:1:19/);
});

test("a compiler's warnings do not stop the program", async () => {
  const ran = await sandbox.run(
    "c",
    `#include <stdio.h>\nint main(void) { int unused; puts("ran"); return 0; }`,
  );
  assert.deepEqual([ran.status, ran.stdout], ["success", "ran\n"]);
  assert.match(ran.compile?.stderr ?? "", /unused/);
});

test("the compiler gets its own limits and the program the run stage's", async () => {
  const showLimits = `#include <stdio.h>
int main(void) {
  char line[64];
  FILE *file = fopen("/sys/fs/cgroup/memory/memory.limit_in_bytes", "r");
  if (!file) file = fopen("/sys/fs/cgroup/memory.max", "r");
  puts(fgets(line, sizeof line, file));
  return 0;
}`;
  const ran = await sandbox.run("c", showLimits);
  assert.equal(Number(ran.stdout), LIMITS.run.memoryBytes);
});

test("C++: headers that slow down everything else are there for those who use them", async () => {
  const which = `#include <bits/stdc++.h>
int main() {
#ifdef _GLIBCXX_CHRONO
  puts("all");
#else
  puts("light");
#endif
}`;
  assert.equal((await sandbox.run("cpp", which)).stdout, "light\n");
  const heavy = [
    ["std::cout << std::chrono::year{2026};", "2026"],
    ["using namespace std; cout << 1'000ms;", "1000ms"],
    ['std::cout << std::filesystem::path{"a/b"}.filename();', '"b"'],
    ['std::cout << std::format("{:>3}", 7);', "  7"],
    ["std::cout << std::async([] { return 42; }).get();", "42"],
    ['std::osyncstream(std::cout) << "in one";', "in one"],
  ];
  for (const [body, printed] of heavy) {
    const ran = await sandbox.run("cpp", `#include <bits/stdc++.h>\nint main() { ${body} }`);
    assert.equal(ran.stdout, printed, ran.compile?.stderr);
  }
  // Also when another file includes it.
  const files = [{ path: "own.h", content: "#include <chrono>\n" }];
  assert.equal((await sandbox.run("cpp", which, { files })).stdout, "all\n");
});

test("the program's memory is its own, not the compiler's", async () => {
  const ran = await sandbox.run("cpp", "#include <bits/stdc++.h>\nint main() { std::cout << 1; }");
  assert.equal(ran.status, "success", said(ran));
  assert.ok(known(ran.memoryUsed) > 500_000 && known(ran.memoryUsed) < 20 * MB, `${ran.memoryUsed} bytes`);
});

test("a compiler that takes too long is a timeout of the compile stage", async () => {
  const spin = `constexpr unsigned long spin(unsigned long sum) {
  for (unsigned long i = 0; i < 200000; i++) sum += i * sum;
  return sum;
}
${Array.from({ length: 400 }, (_, index) => `constexpr unsigned long v${index} = spin(${index});`).join("\n")}
int main() { return v0; }`;
  const slow = await sandbox.run("cpp", spin, compileWith({ timeoutMs: 2_000 }));
  assert.equal(slow.status, "timeout", said(slow));
  assert.match(slow.message ?? "", /The compiler was stopped after 2 s/);
  assert.equal(slow.compile?.exitCode, null);
});

test("an endless file given to the compiler ends with a limit", async () => {
  const ran = await sandbox.run("c", `#include "/dev/zero"\n${FINE}`, compileWith({ timeoutMs: 3_000 }));
  assert.ok(["timeout", "memory_limit", "compile_error"].includes(ran.status), ran.status);
});

test("a compiler that needs too much memory is memory_limit", async () => {
  const doubling = `template<int N, int M> struct T { T<N - 1, 2 * M> a; T<N - 1, 2 * M + 1> b; };
template<int M> struct T<0, M> { int x; };
T<20, 0> x; int main() {}`;
  const ran = await sandbox.run("cpp", doubling, compileWith({ memoryBytes: 128 * MB }));
  assert.equal(ran.status, "memory_limit", said(ran).slice(0, 300));
  assert.match(ran.message ?? "", /The compiler needed more than 128 MB/);
});

test("a program of a gigabyte cannot be built, and the answer comes all the same", async () => {
  const ran = await sandbox.run("c", `int a[1 << 28] = {1};\n${FINE}`);
  assert.ok(["compile_error", "memory_limit"].includes(ran.status), ran.status);
});

test("a compiler that prints without end is output_limit with its first words kept", async () => {
  const errors = Array.from({ length: 2_000 }, (_, index) => `undeclared_${index}();`).join("\n");
  const ran = await sandbox.run("cpp", `int main() {\n${errors}\n}`, compileWith({}, 20_000));
  assert.equal(ran.status, "output_limit");
  assert.equal(ran.output.truncated, true);
  assert.match(ran.compile?.stderr ?? "", /undeclared_0/);
  assert.ok(Buffer.byteLength(said(ran)) <= 20_000);
  assert.match(ran.message ?? "", /The compiler printed more than 20 KB/);
});

const CURIOUS: [string, string][] = [
  ["asm .incbin of /etc/shadow", `__asm__(".incbin \\"/etc/shadow\\"");\n${FINE}`],
  ["#include of /etc/shadow", `#include "/etc/shadow"\n${FINE}`],
  ["#include of /proc/1/environ", `#include "/proc/1/environ"\n${FINE}`],
  [".incbin of /proc/1/mem", `__asm__(".incbin \\"/proc/1/mem\\"");\n${FINE}`],
  [".incbin of /proc/kcore", `__asm__(".incbin \\"/proc/kcore\\"");\n${FINE}`],
];
for (const [name, code] of CURIOUS) {
  test(`the compiler cannot read for its program: ${name}`, async () => {
    process.env.QUICKSAND_TEST_SECRET = "a-secret-of-the-server";
    const ran = await sandbox.run("c", code);
    assert.equal(ran.status, "compile_error", said(ran));
    assert.match(said(ran), /ermission denied|can't|cannot|could not|no such file|not found/i);
    assert.doesNotMatch(said(ran), /root:|a-secret-of-the-server|\/work\/main|\/var\/lib\/docker/);
  });
}

test("diagnostics name the files of the sandbox and nothing of this machine", async () => {
  const ran = await sandbox.run("c", `#include "missing.h"\n#include "/var/run/docker.sock"\n${FINE}`);
  const cwd = process.cwd();
  assert.equal(ran.status, "compile_error");
  assert.ok(!said(ran).includes(cwd) && !said(ran).includes(sandbox.dataDir));
});

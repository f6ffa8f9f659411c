import assert from "node:assert/strict";
import { test } from "node:test";
import { type RunOptions, testSandbox } from "../../sandbox/testing/sandbox-fixture";

const sandbox = testSandbox();

async function ran(
  language: string,
  code: string,
  options: RunOptions["options"] = {},
  rest: RunOptions = {},
) {
  const { status, stdout, compile } = await sandbox.run(language, code, { ...rest, options });
  return { status, stdout, said: compile?.stderr ?? "" };
}

test("C++23 compiles where it is chosen and only there, with the precompiled headers' programs too", async () => {
  for (const header of ["print", "bits/stdc++.h"]) {
    const code = `#include <${header}>\nint main() { std::println("{}", __cplusplus); }`;
    assert.equal((await ran("cpp", code)).status, "compile_error", header);
    const chosen = await ran("cpp", code, { standard: "c++23" });
    assert.deepEqual(chosen, { status: "success", stdout: "202302\n", said: "" });
  }
});

test("what C++20 brought does not compile as C++17, and C++26 is a later standard than C++23", async () => {
  const code =
    "#include <compare>\nstruct P { int x; auto operator<=>(const P&) const = default; };\nint main() {}";
  assert.equal((await ran("cpp", code)).status, "success");
  assert.equal((await ran("cpp", code, { standard: "c++17" })).status, "compile_error");
  const later = "#if __cplusplus <= 202302L\n#error\n#endif\nint main() {}";
  assert.equal((await ran("cpp", later, { standard: "c++26" })).status, "success");
});

test("C is compiled by the chosen standard", async () => {
  const version = '#include <stdio.h>\nint main(void) { printf("%ld\\n", __STDC_VERSION__); }';
  const cases = { c99: "199901\n", c11: "201112\n", c17: "201710\n" };
  for (const [standard, stdout] of Object.entries(cases))
    assert.equal((await ran("c", version, { standard })).stdout, stdout);
  const modern = "int main(void) { bool no = false; int *none = nullptr; return no || none; }";
  assert.equal((await ran("c", modern)).status, "compile_error");
  assert.equal((await ran("c", modern, { standard: "c23" })).status, "success");
});

test("C beside C++ keeps its own standard, without a warning, whichever C++ is chosen", async () => {
  const code = `#include <iostream>
extern "C" long version_of_c(void);
int main() { std::cout << __cplusplus << ' ' << version_of_c() << '\\n'; }`;
  const files = [{ path: "c.c", content: "long version_of_c(void) { return __STDC_VERSION__; }" }];
  const cases = { "c++17": "201703", "c++20": "202002", "c++23": "202302" };
  for (const [standard, version] of Object.entries(cases)) {
    const { status, stdout, said } = await ran("cpp", code, { standard }, { files });
    assert.deepEqual([status, stdout, said], ["success", `${version} 201710\n`, ""], standard);
  }
});

test("warnings are as many as chosen", async () => {
  for (const language of ["c", "cpp"]) {
    const code = "int twice(int asked) { return 2; }\nint main(void) { int unused; return twice(1) - 2; }";
    const said = async (warnings: string) => (await ran(language, code, { warnings })).said;
    assert.equal(await said("off"), "");
    assert.match(await said("all"), /unused variable/);
    assert.doesNotMatch(await said("all"), /unused parameter/);
    assert.match(await said("extra"), /unused parameter[\s\S]*unused variable/);
  }
});

test("the compiler optimises unless it is told not to, for test cases and in a terminal too", async () => {
  const code = `#include <cstdio>
int main() {
#ifdef __OPTIMIZE__
  puts("optimised");
#else
  puts("as written");
#endif
}`;
  assert.equal((await ran("cpp", code)).stdout, "optimised\n");
  assert.equal((await ran("cpp", code, { optimization: "o0" })).stdout, "as written\n");
  assert.equal((await ran("cpp", code, { optimization: "o3" })).stdout, "optimised\n");
  const tests = [{ stdin: "", expected: "as written\n" }];
  const tested = await sandbox.run("cpp", code, { tests, options: { optimization: "o0" } });
  assert.equal(tested.tests[0]?.status, "passed");
  const inTerminal = await ran("cpp", code, { optimization: "o0" }, { mode: "terminal" });
  assert.match(inTerminal.stdout, /as written/);
});

test("what another version knew and this one does not has its default", async () => {
  const { status } = await ran("cpp", "int main() {}", { standard: "c++98", modules: "on" });
  assert.equal(status, "success");
});

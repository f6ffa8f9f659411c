import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Executed } from "../../lib/compatible/piston/result";
import { outcome, printing, type Script } from "../../lib/runs/testing/runs-fixture";
import type { RunOutcome } from "../../lib/sandbox/sandbox";
import { PistonClient, PROGRAM } from "./piston-site";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
after(() => routes.services.close());
const { sandbox } = routes;
const client = new PistonClient(routes);

interface Listed {
  language: string;
  version: string;
  aliases: string[];
  runtime?: string;
}

async function ran(body: object, script: Script = printing("hello\n")): Promise<Executed> {
  sandbox.script = script;
  const { status, body: answer } = await client.execute<Executed>({ ...PROGRAM, ...body });
  assert.equal(status, 200, JSON.stringify(answer));
  return answer;
}

const ending = (changes: Partial<RunOutcome>): Script =>
  async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "done", outcome: outcome(changes) };
  };

const lastSpec = () => sandbox.specs.at(-1);

test("both bases say which Piston this is, and both list the runtimes", async () => {
  for (const base of ["/api/v2", "/api/v2/piston"]) {
    assert.deepEqual((await client.ask("GET", base)).body, { message: "Piston v3.1.1" });
    const { status, body } = await client.ask<Listed[]>("GET", `${base}/runtimes`);
    assert.equal(status, 200);
    const python = body.find(({ language }) => language === "python");
    assert.deepEqual(python, { language: "python", version: "3.13.0", aliases: ["py", "python3"] });
    const cpp = body.find(({ language }) => language === "c++");
    assert.deepEqual(cpp, {
      language: "c++",
      version: "14.2.0",
      aliases: ["cpp", "g++", "cxx"],
      runtime: "gcc",
    });
  }
});

test("every runtime has three numbers for a version, and names that no other has", async () => {
  const { body } = await client.ask<Listed[]>("GET", "/api/v2/runtimes");
  const names = body.flatMap(({ language, aliases }) => [language, ...aliases]);
  assert.equal(new Set(names).size, names.length);
  for (const { language, version } of body) assert.match(version, /^\d+\.\d+\.\d+$/, language);
});

test("a program runs, and is answered in Piston's shape and no other", async () => {
  const answer = await ran({ stdin: "in", args: ["a"], files: [{ name: "solve.py", content: "print(2)" }] });
  assert.deepEqual(answer, {
    run: {
      signal: null,
      stdout: "hello\n",
      stderr: "",
      code: 0,
      output: "hello\n",
      memory: 4_000_000,
      message: null,
      status: null,
      cpu_time: 8,
      wall_time: 12,
    },
    language: "python",
    version: "3.13.0",
  });
  const { code, args, mainFile, language } = lastSpec() ?? {};
  assert.deepEqual([code, args, mainFile, language?.id], ["print(2)", ["a"], "solve.py", "python"]);
});

test("the public host's spelling of the address leads to the same", async () => {
  sandbox.script = printing("hello\n");
  const { status, body } = await client.execute<Executed>(PROGRAM, "/api/v2/piston/execute");
  assert.deepEqual([status, body.run.stdout], [200, "hello\n"]);
});

test("input that is there ends with a line's end; empty input stays empty", async () => {
  const reading: Script = async function* (_spec, { stdin }) {
    yield { type: "stage", stage: "run" };
    const output = { stdout: String(stdin), stderr: "", exitCode: 0, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ output }) };
  };
  assert.equal((await ran({ stdin: "5" }, reading)).run.stdout, "5\n");
  assert.equal((await ran({ stdin: "5\n" }, reading)).run.stdout, "5\n");
  assert.equal((await ran({ stdin: "" }, reading)).run.stdout, "");
  assert.equal((await ran({}, reading)).run.stdout, "");
});

test("output is in the order in which it came", async () => {
  const output = {
    stdout: "13",
    stderr: "24",
    exitCode: 0,
    signal: null,
    truncated: false,
    order: [1, 1, 1, 1],
  };
  assert.equal((await ran({}, ending({ output }))).run.output, "1234");
});

const ENDINGS: readonly [string, Partial<RunOutcome>, object][] = [
  [
    "an exit code",
    { status: "error", output: { stdout: "", stderr: "no", exitCode: 3, signal: null, truncated: false } },
    { status: "RE", signal: null, code: 3, message: "Exited with error status 3", stderr: "no" },
  ],
  [
    "a signal",
    {
      status: "error",
      output: { stdout: "a", stderr: "", exitCode: 139, signal: "SIGSEGV", truncated: false },
    },
    { status: "SG", signal: "SIGSEGV", code: null, stdout: "a" },
  ],
  [
    "the time limit",
    {
      status: "timeout",
      output: { stdout: "a", stderr: "", exitCode: null, signal: null, truncated: false },
    },
    { status: "TO", signal: "SIGKILL", code: null, message: "Time limit exceeded", stdout: "a" },
  ],
  [
    "too much output, of which what came first is kept",
    {
      status: "output_limit",
      output: { stdout: "aaa", stderr: "", exitCode: null, signal: null, truncated: true },
    },
    { status: "OL", signal: "SIGKILL", code: null, message: "stdout length exceeded", stdout: "aaa" },
  ],
  [
    "the memory limit",
    {
      status: "memory_limit",
      output: { stdout: "", stderr: "", exitCode: 137, signal: "SIGKILL", truncated: false },
    },
    { status: "SG", signal: "SIGKILL", code: null, message: "Memory limit exceeded" },
  ],
  [
    "a fault of the sandbox",
    { status: "system_error", message: "Run it again." },
    { status: "XX", signal: "SIGKILL", code: null, message: "Run it again." },
  ],
];

for (const [what, changes, expected] of ENDINGS) {
  test(`a program that was ended by ${what} says so in Piston's words`, async () => {
    const { run } = await ran({}, ending(changes));
    assert.deepEqual({ ...run, ...expected }, run);
  });
}

test("the compiler is a stage of its own, and when it fails the run is a copy of it", async () => {
  const c = { language: "c", version: "*", files: [{ name: "a.c", content: "int main;" }] };
  const compile = { stdout: "", stderr: "warning", exitCode: 0, durationMs: 40 };
  const good = await ran(c, ending({ compile }));
  assert.deepEqual([good.compile?.code, good.compile?.stderr, good.compile?.wall_time], [0, "warning", 40]);
  assert.equal(good.run.stderr, "");
  const failed = { ...compile, exitCode: 1, stderr: "error" };
  const bad = await ran(c, ending({ status: "compile_error", compile: failed }));
  assert.deepEqual(bad.compile, bad.run);
  assert.deepEqual(
    [bad.run.status, bad.run.code, bad.run.stderr, bad.run.output],
    ["RE", 1, "error", "error"],
  );
});

test("aliases, names in capitals, ranges and files in base64 and hex are taken", async () => {
  for (const version of ["*", "3", "3.13", "^3.1.0", ">=3 <4", "3.13.0"])
    await ran({ language: "py", version });
  await ran({ language: "PYTHON" });
  const files = [
    { name: "data.txt", content: Buffer.from("é").toString("base64"), encoding: "base64" },
    { content: "print(3)" },
    { name: "other.txt", content: "6869", encoding: "hex" },
  ];
  await ran({ files });
  assert.equal(lastSpec()?.code, "print(3)");
  assert.deepEqual(lastSpec()?.files, [
    { path: "data.txt", content: "é" },
    { path: "other.txt", content: "hi" },
  ]);
});

test("a name that the language cannot start the program by is not used", async () => {
  for (const name of ["main", "file.code", "solution.js"]) {
    await ran({ files: [{ name, content: "print(1)" }] });
    assert.equal(lastSpec()?.mainFile, undefined);
  }
});

test("limits of 0 and -1 are the plan's, lower ones are applied", async () => {
  for (const none of [0, -1, null]) {
    await ran({ run_timeout: none, run_memory_limit: none, compile_timeout: none, run_cpu_time: none });
    assert.equal(lastSpec()?.limits.run.timeoutMs, 10_000);
    assert.equal(lastSpec()?.limits.run.memoryBytes, 128 * 1_048_576);
  }
  await ran({
    run_timeout: 3_000,
    run_cpu_time: 2_000,
    run_memory_limit: 64_000_000,
    compile_timeout: 10_000,
  });
  assert.equal(lastSpec()?.limits.run.timeoutMs, 3_000);
  assert.equal(lastSpec()?.limits.processor?.runMs, 2_000);
  assert.equal(lastSpec()?.limits.compile.timeoutMs, 10_000);
  assert.equal(lastSpec()?.limits.run.memoryBytes, 56 * 1_048_576, "in steps of 8 MB");
});

test("packages are listed; what they are is the operator's matter", async () => {
  const { body } = await client.ask<object[]>("GET", "/api/v2/packages");
  assert.deepEqual(body[0], { language: "python", language_version: "3.13.0", installed: true });
  for (const method of ["POST", "DELETE"]) {
    const unknown = await client.ask(method, "/api/v2/packages", { language: "befunge", version: "1.2.3" });
    assert.deepEqual(
      [unknown.status, unknown.body],
      [404, { message: "Requested package befunge-1.2.3 does not exist" }],
    );
    const known = await client.ask<{ message: string }>(method, "/api/v2/packages", PROGRAM);
    assert.equal(known.status, 403);
    assert.match(known.body.message, /whoever runs it/);
  }
});

test("runs are their maker's, by key too, and count against the quota", async () => {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const { headers } = await keyOf(routes, user, ["run"]);
  sandbox.script = printing("by key\n");
  const program = new PistonClient(routes, headers);
  const answered = await program.execute(PROGRAM);
  assert.equal(answered.status, 200);
  assert.match(answered.headers.get("RateLimit") ?? "", /r=/);
  const { runs } = await visitor.json<{ runs: { language: string }[] }>("GET", "/api/runs");
  assert.deepEqual(
    runs.map(({ language: ran }) => ran),
    ["python"],
  );
  const wrong = new PistonClient(routes, { authorization: "Bearer qs_nothing" });
  const refused = await wrong.execute<object>(PROGRAM);
  assert.deepEqual([refused.status, Object.keys(refused.body)], [401, ["message"]]);
});

test("a page of another site gets a message and no run", async () => {
  const page = new PistonClient(routes, { origin: "https://elsewhere.example" });
  const { status, body } = await page.execute<object>(PROGRAM);
  assert.deepEqual([status, Object.keys(body)], [403, ["message"]]);
});

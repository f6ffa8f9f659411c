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

test("every field has a bound, what is too large is a 400, and a message repeats no more than the beginning of a name", async () => {
  const { length: before } = sandbox.specs;
  const long = "x".repeat(100_000);
  const file = { content: "1" };
  const bodies: readonly [changes: object, said: RegExp][] = [
    [{ language: long }, /^x{100}…-3\.x runtime is unknown$/],
    [{ version: long }, /^python-x{100}… runtime is unknown$/],
    // It would match, and takes minutes to find out.
    [{ version: `3.x ${"|| 9.9.9 ".repeat(100_000)}` }, /^python-3\.x .{96}… runtime is unknown$/],
    [{ version: `3.x${" ".repeat(254)}` }, /runtime is unknown$/],
    [{ files: Array.from({ length: 22 }, () => file) }, /^files has 22 items; the limit is 21$/],
    [{ files: [{ content: "x".repeat(102_401) }] }, /102,401 bytes; the limit is 102,400 bytes/],
    [{ files: [file, { content: "x".repeat(1_048_577) }] }, /1,048,57. bytes; the limit is 1,048,576 bytes/],
    [{ files: [file, { name: "x".repeat(256), content: "" }] }, /^files\[1\]\.name/],
    [{ stdin: "x".repeat(1_048_577) }, /1,048,57. bytes; the limit is 1,048,576 bytes/],
    [{ args: Array.from({ length: 101 }, () => "") }, /args/],
    [{ args: ["x".repeat(16_385)] }, /16,385 bytes; the limit is 16,384 bytes/],
    [{ padding: "x".repeat(8_388_608) }, /8/],
  ];
  for (const [changes, said] of bodies) {
    const { status, body } = await client.execute<{ message: string }>({ ...PROGRAM, ...changes });
    const what = JSON.stringify(changes).slice(0, 100);
    assert.deepEqual([status, Object.keys(body)], [400, ["message"]], what);
    assert.match(body.message, said);
    assert.ok(body.message.length < 300, what);
  }
  const asked = { language: long.slice(0, 5_000), version: long.slice(0, 5_000) };
  const unknown = await client.ask<{ message: string }>("POST", "/api/v2/packages", asked);
  assert.equal(
    unknown.body.message,
    `Requested package ${"x".repeat(100)}…-${"x".repeat(100)}… does not exist`,
  );
  assert.equal(sandbox.specs.length, before);
});

const MB_128 = 128 * 1_048_576;
const { language, version, files } = PROGRAM;
/** Each body has the faults of the rows after it too, so the order is tested with the texts. */
const REFUSED: readonly [body: unknown, message: string][] = [
  [{}, "language is required as a string"],
  [[], "language is required as a string"],
  [{ language: 1, version: 1 }, "language is required as a string"],
  [{ language: "" }, "language is required as a string"],
  [{ language: "nothing" }, "version is required as a string"],
  [{ language: "nothing", version: 3 }, "version is required as a string"],
  [{ language: "nothing", version: "1" }, "files is required as an array"],
  [{ language: "nothing", version: "1", files: {} }, "files is required as an array"],
  [{ language: "nothing", version: "1", files: [{}] }, "files[0].content is required as a string"],
  [
    { language: "nothing", version: "1", files: [{ content: "" }, null] },
    "files[1].content is required as a string",
  ],
  [{ language: "nothing", version: "1", files: [] }, "nothing-1 runtime is unknown"],
  [{ language, version: "2.x", files: [] }, "python-2.x runtime is unknown"],
  [{ language, version: "no range", files: [] }, "python-no range runtime is unknown"],
  [{ language: "constructor", version, files: [] }, "constructor-3.x runtime is unknown"],
  [{ language, version, files: [], run_timeout: "1" }, "files must include at least one utf8 encoded file"],
  [
    { language, version, files: [{ content: "", encoding: "hex" }] },
    "files must include at least one utf8 encoded file",
  ],
  [
    { language, version, files, compile_memory_limit: "1", run_memory_limit: "1" },
    "If specified, compile_memory_limit must be a number",
  ],
  [
    { language, version, files, run_memory_limit: "1", compile_timeout: "1" },
    "If specified, run_memory_limit must be a number",
  ],
  [{ language, version, files, run_timeout: true }, "If specified, run_timeout must be a number"],
  [
    { language, version, files, run_timeout: 10_001 },
    "run_timeout cannot exceed the configured limit of 10000",
  ],
  [
    { language, version, files, compile_timeout: 1e9 },
    "compile_timeout cannot exceed the configured limit of 30000",
  ],
  [
    { language, version, files, run_memory_limit: MB_128 + 1 },
    `run_memory_limit cannot exceed the configured limit of ${MB_128}`,
  ],
  [{ language, version, files, run_timeout: -2 }, "run_timeout must be non-negative"],
  [{ language, version, files, run_cpu_time: -1.5 }, "run_cpu_time must be non-negative"],
];

for (const [body, message] of REFUSED) {
  test(`400 "${message}" for ${JSON.stringify(body).slice(0, 80)}`, async () => {
    const { status, body: answer } = await client.execute(body);
    assert.deepEqual({ status, answer }, { status: 400, answer: { message } });
  });
}

/** Theirs are a 500 without a body, or a stack; ours say what is wrong. */
const ALSO_REFUSED: readonly [what: string, changes: object, said: RegExp][] = [
  [
    "leaves the folder",
    { files: [{ name: "../a.py", content: "" }] },
    /^files\[0\]\.name contains `\.` or `\.\.`/,
  ],
  [
    "is absolute",
    { files: [{ content: "" }, { name: "/etc/a", content: "" }] },
    /^files\[1\]\.name is absolute/,
  ],
  [
    "is a folder of another",
    { files: [{ content: "" }, { name: "a", content: "" }, { name: "a/b", content: "" }] },
    /names clash/,
  ],
  [
    "is not text",
    { files: [{ content: "" }, { content: "/w==", encoding: "base64" }] },
    /^files\[1\]\.content is not text/,
  ],
  ["has a NUL", { files: [{ content: "a\0" }] }, /^`files\[0\]\.content` contains a NUL/],
  ["has a number for its name", { files: [{ name: 1, content: "" }] }, /^If specified, files\[0\]\.name/],
  ["has numbers for arguments", { args: [1] }, /args\[0\]/],
  ["has a number for its input", { stdin: 1 }, /stdin/],
];

for (const [what, changes, said] of ALSO_REFUSED) {
  test(`a program that ${what} is a 400 with a message`, async () => {
    const { status, body } = await client.execute<{ message: string }>({ ...PROGRAM, ...changes });
    assert.equal(status, 400);
    assert.deepEqual(Object.keys(body), ["message"]);
    assert.match(body.message, said);
  });
}

test("other content types are a 415, malformed JSON a 400 without a stack", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", ""]) {
    const { status, body } = await client.ask("POST", "/api/v2/execute", "{}", { "content-type": type });
    assert.deepEqual([status, body], [415, { message: "requests must be of type application/json" }]);
  }
  const untold = await client.ask("POST", "/api/v2/execute", "no object", {});
  assert.deepEqual(
    [untold.status, untold.body],
    [415, { message: "requests must be of type application/json" }],
  );
  for (const text of ["{", "", "nothing"]) {
    const { status, body } = await client.ask<object>("POST", "/api/v2/execute", text);
    assert.equal(status, 400);
    assert.deepEqual(Object.keys(body), ["message"]);
  }
});

test("JSON that is sent without saying so is taken, as Piston's public host takes it", async () => {
  const body = JSON.stringify(PROGRAM);
  for (const headers of [{}, { "content-type": "text/plain;charset=UTF-8" }])
    assert.equal((await client.ask("POST", "/api/v2/execute", body, headers)).status, 200);
});

test("there is nothing at other addresses, and no other method at these", async () => {
  const nothing = { message: "Not Found" };
  for (const [method, path] of [
    ["GET", "/api/v2/execute"],
    ["GET", "/api/v2/nowhere"],
    ["POST", "/api/v2/runtimes"],
    ["DELETE", "/api/v2/piston/nowhere"],
    ["PUT", "/api/v2/packages"],
  ] as const) {
    const { status, body } = await client.ask(method, path, method === "GET" ? undefined : {});
    assert.deepEqual([status, body], [404, nothing], `${method} ${path}`);
  }
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

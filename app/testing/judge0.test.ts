import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { outcome, printing, type Script } from "../../lib/runs/testing/runs-fixture";
import { Judge0Client } from "./judge0";
import { openRoutes } from "./routes";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
after(() => routes.services.close());
const guest = new Judge0Client(routes);
const PROGRAM = { source_code: "print(1)", language_id: 71 };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeEach(() => {
  routes.sandbox.script = printing("1\n");
  routes.sandbox.specs.length = 0;
});

function ending(changes: Parameters<typeof outcome>[0]): Script {
  return async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "done", outcome: outcome(changes) };
  };
}

async function account() {
  const visitor = new Judge0Client(routes);
  const user = await signedIn(routes, visitor);
  const { headers } = await keyOf(routes, user, ["run", "read"]);
  return { user, key: headers.authorization.slice("Bearer ".length), visitor };
}

test("a submission is accepted with a token, and fetched by it until it is accepted", async () => {
  const { status, body } = await guest.answer("POST", "/submissions", PROGRAM);
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(body), ["token"]);
  assert.match(body.token, UUID);
  let fetched = await guest.answer("GET", `/submissions/${body.token}`);
  while (fetched.body.status.id <= 2) fetched = await guest.answer("GET", `/submissions/${body.token}`);
  assert.deepEqual(fetched, {
    status: 200,
    body: {
      stdout: "1\n",
      time: "0.008",
      memory: 3906,
      stderr: null,
      token: body.token,
      compile_output: null,
      message: null,
      status: { id: 3, description: "Accepted" },
    },
  });
});

test("with wait=true the answer is the whole, and fields chooses of it", async () => {
  const sent = { ...PROGRAM, stdin: "in", expected_output: "1", cpu_time_limit: 2 };
  const { status, body } = await guest.answer("POST", "/submissions?wait=true&fields=*", sent);
  assert.equal(status, 201);
  const { token, created_at, finished_at, ...rest } = body;
  assert.match(token, UUID);
  for (const at of [created_at, finished_at]) assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(rest, {
    source_code: "print(1)",
    stdin: "in",
    expected_output: "1",
    stdout: "1\n",
    stderr: null,
    compile_output: null,
    message: null,
    language_id: 71,
    status_id: 3,
    time: "0.008",
    memory: 3906,
    exit_code: 0,
    exit_signal: null,
    wall_time: "0.012",
    compiler_options: null,
    command_line_arguments: null,
    redirect_stderr_to_stdout: false,
    enable_per_process_and_thread_time_limit: false,
    enable_per_process_and_thread_memory_limit: false,
    callback_url: null,
    additional_files: null,
    enable_network: false,
    status: { id: 3, description: "Accepted" },
    language: { id: 71, name: "Python (3.13)" },
    number_of_runs: 1,
    cpu_time_limit: "2.0",
    cpu_extra_time: "1.0",
    wall_time_limit: "10.0",
    memory_limit: 128000,
    stack_limit: 64000,
    max_processes_and_or_threads: 60,
    max_file_size: 1024,
  });
  const [spec] = routes.sandbox.specs;
  assert.deepEqual(spec?.limits.processor, { compileMs: null, runMs: 3_000 });
  const some = await guest.answer("GET", `/submissions/${token}?fields=status_id,%20stdin`);
  assert.deepEqual(some.body, { status_id: 3, stdin: "in" });
});

test("base64 is read, and written as Ruby writes it: a line end after 60 characters and at the end", async () => {
  const printed = `${"é".repeat(40)}\n`;
  routes.sandbox.script = printing(printed);
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  const sent = { ...PROGRAM, source_code: encoded("print('é')"), stdin: encoded("ü\n") };
  const query = "base64_encoded=true&wait=true&fields=stdout,source_code,stdin,stderr";
  const { body } = await guest.answer("POST", `/submissions?${query}`, sent);
  const all = encoded(printed);
  assert.equal(body.stdout, `${all.slice(0, 60)}\n${all.slice(60)}\n`);
  assert.deepEqual(
    [body.source_code, body.stdin, body.stderr],
    [`${sent.source_code}\n`, `${sent.stdin}\n`, null],
  );
  assert.equal(routes.sandbox.specs[0]?.code, "print('é')");
});

test("how programs end has Judge0's statuses, messages and numbers", async () => {
  const ends: [Parameters<typeof outcome>[0], object][] = [
    [
      {
        status: "error",
        output: { stdout: "", stderr: "no\n", exitCode: 3, signal: null, truncated: false },
      },
      {
        status_id: 11,
        message: "Exited with error status 3",
        exit_code: 3,
        exit_signal: null,
        stderr: "no\n",
      },
    ],
    ...(
      [
        ["SIGSEGV", 7, 11],
        ["SIGXFSZ", 8, 25],
        ["SIGFPE", 9, 8],
        ["SIGABRT", 10, 6],
        ["SIGKILL", 12, 9],
      ] as const
    ).map(([signal, id, number]): [Parameters<typeof outcome>[0], object] => [
      { status: "error", output: { stdout: "", stderr: "", exitCode: null, signal, truncated: false } },
      {
        status_id: id,
        message: `Caught fatal signal ${number}`,
        exit_code: 0,
        exit_signal: number,
        stderr: null,
      },
    ]),
    [
      { status: "timeout", cpuMs: 20 },
      {
        status_id: 5,
        message: "Time limit exceeded (wall clock)",
        exit_code: 0,
        exit_signal: null,
        stderr: null,
      },
    ],
    [
      { status: "timeout", cpuMs: 6_000 },
      { status_id: 5, message: "Time limit exceeded", exit_code: 0, exit_signal: null, stderr: null },
    ],
    [
      { status: "success", cpuMs: 5_500 },
      { status_id: 5, message: "Time limit exceeded", exit_code: 0, exit_signal: null, stderr: null },
    ],
    [
      { status: "memory_limit" },
      { status_id: 11, message: "Memory limit exceeded", exit_code: 0, exit_signal: null, stderr: null },
    ],
    [
      { status: "output_limit" },
      { status_id: 8, message: "Output limit exceeded", exit_code: 0, exit_signal: null, stderr: null },
    ],
    [
      { status: "system_error", message: "It broke." },
      { status_id: 13, message: "It broke.", exit_code: null, exit_signal: null, stderr: null },
    ],
  ];
  for (const [changes, expected] of ends) {
    routes.sandbox.script = ending(changes);
    const fields = "status_id,message,exit_code,exit_signal,stderr";
    const { body } = await guest.answer("POST", `/submissions?wait=true&fields=${fields}`, PROGRAM);
    assert.deepEqual(body, expected);
  }
});

test("what does not compile is status 6 with what the compiler said, and its time-out with Judge0's words", async () => {
  const failed = { stdout: "a\n", stderr: "main.c:1: error\n", durationMs: 5 };
  const ask = async (changes: Parameters<typeof outcome>[0]) => {
    routes.sandbox.script = ending(changes);
    const sent = { source_code: "int x", language_id: 50 };
    const fields = "status_id,compile_output,stdout,time,memory,exit_code";
    return (await guest.answer("POST", `/submissions?wait=true&fields=${fields}`, sent)).body;
  };
  const nothing = { stdout: null, time: null, memory: null, exit_code: null };
  assert.deepEqual(await ask({ status: "compile_error", compile: { ...failed, exitCode: 1 } }), {
    ...{ status_id: 6, compile_output: "a\nmain.c:1: error\n" },
    ...nothing,
  });
  assert.deepEqual(await ask({ status: "timeout", compile: { ...failed, exitCode: null } }), {
    ...{ status_id: 6, compile_output: "Compilation time limit exceeded." },
    ...nothing,
  });
  const warned = await ask({ status: "success", compile: { ...failed, exitCode: 0 } });
  assert.deepEqual([warned.status_id, warned.compile_output], [3, "a\nmain.c:1: error\n"]);
});

test("an output is the expected one but for white space at the ends of lines and of the whole", async () => {
  routes.sandbox.script = printing("a  \n b\t\n\n");
  for (const [expected_output, id] of [
    ["a\n b", 3],
    ["a\n b\n\n\n  ", 3],
    ["a\nb", 4],
    ["", 4],
  ] as const) {
    const { body } = await guest.answer("POST", "/submissions?wait=true", { ...PROGRAM, expected_output });
    assert.equal(body.status.id, id, expected_output);
  }
});

test("several runs are charged each and averaged, up to the first that is not accepted", async () => {
  let run = 0;
  const costs = [10, 20, 60];
  routes.sandbox.script = (spec, io) =>
    ending({ cpuMs: costs[run] ?? 0, memoryUsed: (costs[run++] ?? 0) * 1_024 })(spec, io);
  const client = new Judge0Client(routes);
  const sent = { ...PROGRAM, number_of_runs: 3 };
  const { body } = await client.answer(
    "POST",
    "/submissions?wait=true&fields=time,memory,token,number_of_runs",
    sent,
  );
  assert.deepEqual([body.time, body.memory, body.number_of_runs], ["0.03", 30, 3]);
  const usage = await client.json<{ used: number }>("GET", "/api/usage");
  assert.equal(usage.used, 3);
});

test("an API key is taken as X-Auth-Token, in a header or the query; one that does not work is a 401 without a body", async () => {
  const { key } = await account();
  for (const name of ["X-Auth-Token", "X-Auth-User"]) {
    assert.deepEqual(await guest.answer("POST", `/authorize?${name}=${key}`), { status: 200, body: "" });
    assert.deepEqual(await guest.answer("POST", "/authenticate", undefined, { [name]: key }), {
      status: 200,
      body: "",
    });
  }
  for (const address of ["/authenticate", "/authorize", "/submissions"]) {
    const refused = await guest.answer("POST", address, PROGRAM, { "X-Auth-Token": "wrong" });
    assert.deepEqual(refused, { status: 401, body: "" }, address);
  }
  assert.deepEqual(await guest.answer("POST", "/authenticate"), { status: 200, body: "" });
  assert.deepEqual(await guest.answer("POST", "/authorize"), { status: 403, body: "" });
  for (const [method, address] of [
    ["GET", "/submissions"],
    ["DELETE", "/submissions/d85cd024-1548-4165-96c7-7bc88673f194"],
  ] as const) {
    assert.deepEqual(await guest.answer(method, address), { status: 403, body: "" });
  }
});

test("an account lists its own submissions by pages, and no other runs of its own", async () => {
  const { key, visitor } = await account();
  const mine = new Judge0Client(routes, { "x-auth-token": key });
  await visitor.json("POST", "/api/editor/run", { language: "python", code: "1" });
  const tokens: string[] = [];
  for (let at = 0; at < 3; at++)
    tokens.unshift((await mine.answer("POST", "/submissions?wait=true", PROGRAM)).body.token);
  const { body } = await mine.answer("GET", "/submissions?per_page=2&fields=token");
  assert.deepEqual(body, {
    submissions: tokens.slice(0, 2).map((token) => ({ token })),
    meta: { current_page: 1, next_page: 2, prev_page: null, total_pages: 2, total_count: 3 },
  });
  const second = await mine.answer("GET", "/submissions?page=2&per_page=2&fields=token");
  assert.deepEqual(second.body.submissions, [{ token: tokens[2] }]);
  assert.deepEqual(await mine.answer("GET", "/submissions?page=-4"), {
    status: 400,
    body: { error: "invalid page: -4" },
  });
  assert.deepEqual(await mine.answer("GET", "/submissions?per_page=-1"), {
    status: 400,
    body: { error: "invalid per_page: -1" },
  });
  const history = await visitor.json<{ runs: unknown[] }>("GET", "/api/runs");
  assert.equal(history.runs.length, 4);
});

test("an account deletes its own submission once it has ended; others are not there for it", async () => {
  const { key } = await account();
  const mine = new Judge0Client(routes, { "x-auth-token": key });
  const { body: others } = await guest.answer("POST", "/submissions?wait=true", PROGRAM);
  assert.equal(
    (await mine.answer("GET", `/submissions/${others.token}`)).status,
    200,
    "a token is all it takes",
  );
  assert.equal((await mine.answer("DELETE", `/submissions/${others.token}`)).status, 404);
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  routes.sandbox.script = async function* (spec, io) {
    yield { type: "stage", stage: "run" };
    await finished;
    yield* printing("1\n")(spec, io);
  };
  const { body: made } = await mine.answer("POST", "/submissions", PROGRAM);
  const running = await mine.answer("GET", `/submissions/${made.token}`);
  assert.deepEqual(running.body, {
    stdout: null,
    time: null,
    memory: null,
    stderr: null,
    token: made.token,
    compile_output: null,
    message: null,
    status: { id: 2, description: "Processing" },
  });
  assert.deepEqual(await mine.answer("DELETE", `/submissions/${made.token}`), {
    status: 400,
    body: { error: "submission cannot be deleted because its status is 2 (Processing)" },
  });
  finish();
  while ((await mine.answer("GET", `/submissions/${made.token}`)).body.status.id < 3);
  const deleted = await mine.answer("DELETE", `/submissions/${made.token}?fields=stdout`);
  assert.deepEqual(deleted, { status: 200, body: { stdout: "MQo=\n" } });
  assert.equal((await mine.answer("GET", `/submissions/${made.token}`)).status, 404);
});

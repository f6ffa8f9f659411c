import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import { Judge0Client } from "./judge0";
import { openRoutes } from "./routes";

const routes = await openRoutes();
after(() => routes.services.close());
const guest = new Judge0Client(routes);
const PROGRAM = { source_code: "print(1)", language_id: 71 };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeEach(() => {
  routes.sandbox.script = printing("1\n");
});

test("what is wrong with a submission is said by field, in Judge0's words", async () => {
  const cases: [object, object][] = [
    [{ language_id: 71 }, { source_code: ["can't be blank"] }],
    [{ ...PROGRAM, source_code: " \n" }, { source_code: ["can't be blank"] }],
    [{ source_code: "x" }, { language_id: ["can't be blank", "language with id  doesn't exist"] }],
    [{ source_code: "x", language_id: 142 }, { language_id: ["language with id 142 doesn't exist"] }],
    [{ ...PROGRAM, wall_time_limit: 21 }, { wall_time_limit: ["must be less than or equal to 20.0"] }],
    [{ ...PROGRAM, wall_time_limit: 0.5 }, { wall_time_limit: ["must be greater than or equal to 1"] }],
    [{ ...PROGRAM, cpu_time_limit: "x" }, { cpu_time_limit: ["is not a number"] }],
    [{ ...PROGRAM, cpu_time_limit: 15.5 }, { cpu_time_limit: ["must be less than or equal to 15.0"] }],
    [{ ...PROGRAM, cpu_extra_time: -1 }, { cpu_extra_time: ["must be greater than or equal to 0"] }],
    [{ ...PROGRAM, memory_limit: 2047 }, { memory_limit: ["must be greater than or equal to 2048"] }],
    [{ ...PROGRAM, memory_limit: 512001 }, { memory_limit: ["must be less than or equal to 512000"] }],
    [{ ...PROGRAM, stack_limit: 128001 }, { stack_limit: ["must be less than or equal to 128000"] }],
    [
      { ...PROGRAM, max_processes_and_or_threads: 0 },
      { max_processes_and_or_threads: ["must be greater than 0"] },
    ],
    [{ ...PROGRAM, max_file_size: 4097 }, { max_file_size: ["must be less than or equal to 4096"] }],
    [{ ...PROGRAM, number_of_runs: 21 }, { number_of_runs: ["must be less than or equal to 20"] }],
    [{ ...PROGRAM, enable_network: true }, { enable_network: ["enabling network is not allowed"] }],
    [
      { ...PROGRAM, enable_per_process_and_thread_time_limit: true },
      { enable_per_process_and_thread_time_limit: ["this option cannot be enabled"] },
    ],
    [
      { ...PROGRAM, compiler_options: "-O2" },
      { compiler_options: ["setting compiler options is only allowed for compiled languages"] },
    ],
    [
      { ...PROGRAM, command_line_arguments: "x".repeat(513) },
      { command_line_arguments: ["is too long (maximum is 512 characters)"] },
    ],
    [
      { ...PROGRAM, language_id: 50, compiler_options: "x".repeat(513) },
      { compiler_options: ["is too long (maximum is 512 characters)"] },
    ],
    [
      { ...PROGRAM, language_id: 50, compiler_options: "x".repeat(512) },
      {
        compiler_options: [
          `${"x".repeat(100)} is not available for C here; use of -std=gnu99 -std=gnu11 -std=gnu17 -std=gnu23 -O0 -O1 -O2 -O3 -w -Wall -Wextra`,
        ],
      },
    ],
    [{ ...PROGRAM, callback_url: "nowhere" }, { callback_url: ["is not a URL"] }],
    [{ ...PROGRAM, callback_url: "ftp://x.org/" }, { callback_url: ["must begin with https:// or http://"] }],
    [
      { ...PROGRAM, callback_url: "http://127.0.0.1/" },
      { callback_url: ["must be an address of the public internet"] },
    ],
    [{ language_id: 89 }, { additional_files: ["can't be blank"] }],
  ];
  for (const [sent, errors] of cases) {
    assert.deepEqual(await guest.answer("POST", "/submissions", sent), { status: 422, body: errors });
  }
  assert.equal(routes.sandbox.specs.length, 0);
});

test("what cannot be asked for is a 400 with Judge0's words", async () => {
  const { body: made } = await guest.answer("POST", "/submissions?wait=true", PROGRAM);
  const lossy =
    "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter";
  routes.sandbox.script = printing("\ufffd");
  const { body: bad } = await guest.answer("POST", "/submissions", PROGRAM);
  const waited = await guest.answer("POST", "/submissions?wait=true", PROGRAM);
  assert.deepEqual([waited.status, waited.body.error], [201, lossy]);
  assert.match(waited.body.token, UUID);
  assert.deepEqual(await guest.answer("GET", `/submissions/${waited.body.token}`), {
    status: 400,
    body: { error: lossy },
  });
  assert.equal((await guest.answer("GET", `/submissions/${waited.body.token}?fields=status`)).status, 200);
  const some = lossy.replace("this submission", "one or more submissions");
  const rows: [string, string, unknown, string][] = [
    ["GET", `/submissions/${made.token}?fields=a,stdout,b`, undefined, "invalid fields: [a, b]"],
    ["POST", "/submissions?fields=a", PROGRAM, "invalid fields: [a]"],
    ["GET", "/submissions/batch", undefined, "there should be at least one submission in a batch"],
    ["POST", "/submissions/batch", {}, "there should be at least one submission in a batch"],
    ["POST", "/submissions/batch", { submissions: [] }, "there should be at least one submission in a batch"],
    [
      "POST",
      "/submissions/batch",
      { submissions: Array(21).fill(PROGRAM) },
      "number of submissions in a batch should be less than or equal to 20",
    ],
    [
      "GET",
      `/submissions/batch?tokens=${Array(21).fill("x").join(",")}`,
      undefined,
      "number of submissions in a batch should be less than or equal to 20",
    ],
    ["GET", `/submissions/batch?tokens=${bad.token},${waited.body.token}`, undefined, some],
  ];
  for (const [method, address, sent, error] of rows) {
    assert.deepEqual(await guest.answer(method, address, sent), { status: 400, body: { error } }, address);
  }
  for (const broken of ["{", "[1", '{"a":']) {
    const { status, body } = await guest.answer("POST", "/submissions", broken);
    assert.deepEqual([status, body.status, body.error], [400, 400, "Bad Request"]);
  }
});

test("what is not there is Rails' 404, whatever is asked of it", async () => {
  const missing = { status: 404, body: { status: 404, error: "Not Found" } };
  for (const [method, address] of [
    ["GET", "/submissions/d85cd024-1548-4165-96c7-7bc88673f194"],
    ["GET", "/submissions/../../etc"],
    ["GET", "/languages/142"],
    ["GET", "/languages/x"],
    ["GET", "/nothing/here"],
    ["PUT", "/submissions"],
    ["DELETE", "/about"],
  ] as const) {
    assert.deepEqual(await guest.answer(method, address), missing, address);
  }
  const own = await guest.json<{ id: string }>("POST", "/api/editor/run", { language: "python", code: "1" });
  assert.deepEqual(
    await guest.answer("GET", `/submissions/${own.id}`),
    missing,
    "a run of our own API is none",
  );
});

test("a batch answers each in its place, and is refused only when none of it can be run", async () => {
  const wrong = { source_code: "x", language_id: 142 };
  const errors = { language_id: ["language with id 142 doesn't exist"] };
  const { status, body } = await guest.answer("POST", "/submissions/batch", {
    submissions: [PROGRAM, wrong, PROGRAM],
  });
  assert.equal(status, 201);
  assert.deepEqual([body.length, body[1]], [3, errors]);
  const tokens = [body[0].token, "d85cd024-1548-4165-96c7-7bc88673f194", body[2].token];
  const ask = () =>
    guest.answer("GET", `/submissions/batch?tokens=${tokens.join(",")}&fields=token,status_id`);
  let got = await ask();
  while (got.body.submissions.some((each: { status_id: number } | null) => each && each.status_id < 3))
    got = await ask();
  assert.deepEqual(got.body, {
    submissions: [{ token: tokens[0], status_id: 3 }, null, { token: tokens[2], status_id: 3 }],
  });
  const byHeader = await guest.answer("GET", "/submissions/batch?fields=token", undefined, {
    tokens: tokens.join(","),
  });
  assert.deepEqual(byHeader.body.submissions[1], null);
  assert.deepEqual(await guest.answer("POST", "/submissions/batch", { submissions: [wrong, wrong] }), {
    status: 422,
    body: [errors, errors],
  });
});

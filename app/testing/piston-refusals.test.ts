import assert from "node:assert/strict";
import { after, test } from "node:test";
import { PistonClient, PROGRAM } from "./piston-site";
import { openRoutes } from "./routes";

const routes = await openRoutes();
after(() => routes.services.close());
const { sandbox } = routes;
const client = new PistonClient(routes);

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

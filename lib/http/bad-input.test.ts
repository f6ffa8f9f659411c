import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ERROR_STATUS, type ErrorCode } from "../errors";
import { errorBodySchema } from "../schemas/error";
import {
  MAX_ARGS,
  MAX_ARGS_BYTES,
  MAX_BODY_BYTES,
  MAX_CODE_BYTES,
  MAX_FILES,
  MAX_FILES_BYTES,
  MAX_INPUT_BYTES,
  MAX_STDIN_BYTES,
  MAX_TESTS,
  MAX_TESTS_BYTES,
} from "../schemas/limits";
import { Client, openRoutes } from "./testing/routes";

const routes = await openRoutes();
const client = new Client();
const GOOD = { language: "python", code: "print(1)" };

/** Sends a body that must be refused, and checks all that every refusal has in common. */
async function refused(body: unknown, code: ErrorCode, headers: Record<string, string> = {}) {
  const response = await client.run(routes, body, headers);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.match(response.headers.get("x-request-id") ?? "", /^[\w-]{21}$/);
  const text = await response.text();
  const { error } = errorBodySchema.strict().parse(JSON.parse(text));
  assert.equal(error.code, code, text.slice(0, 500));
  assert.equal(response.status, ERROR_STATUS[code]);
  assert.doesNotMatch(text, /node_modules|\.ts\b|at Object|\/work|\/tmp|zod/i);
  assert.ok(error.message.length < 1_000, `${error.message.length} characters`);
  assert.equal(routes.sandbox.specs.length, 0, "the sandbox was called");
  return error;
}

async function accepted(body: unknown): Promise<void> {
  const response = await client.run(routes, body);
  assert.equal(response.status, 200, (await response.text()).slice(0, 500));
  assert.equal(routes.sandbox.specs.length, 1);
}

afterEach(() => {
  routes.sandbox.specs.length = 0;
});

const WRONG_TYPES: Record<string, unknown[]> = {
  language: [1, true, null, [], ["python"], {}, { id: "python" }],
  code: [1, false, null, [], ["x"], {}],
  stdin: [1, true, null, [], {}],
  args: ["x", 1, null, {}, [1], [null], [["x"]]],
  files: ["x", 1, null, {}, ["a.py"], [null], [[]], [{}], [{ path: "a" }], [{ path: 1, content: "" }]],
  tests: ["x", 1, null, {}, [1], [{}], [{ stdin: 1, expected: "" }], [{ stdin: "" }]],
  interactive: ["true", 1, null, [], {}],
};

for (const [field, values] of Object.entries(WRONG_TYPES)) {
  test(`\`${field}\` of a wrong type is a 400 that names it`, async () => {
    for (const value of values) {
      const error = await refused({ ...GOOD, [field]: value }, "invalid_request");
      assert.ok(error.message.startsWith(`\`${field}`), error.message);
      assert.ok(error.details.every(({ path }) => path.startsWith(field)));
    }
  });
}

test("messages name the field with its whole path, what was expected and what came", async () => {
  const cases: [unknown, string][] = [
    [{ ...GOOD, code: 5 }, "`code` must be a string, got the number 5."],
    [{ ...GOOD, args: ["a", null] }, "`args[1]` must be a string, got null."],
    [
      { ...GOOD, files: [{ path: "/x", content: "" }] },
      "`files[0].path` is absolute; use a path relative to the main file.",
    ],
    [{ ...GOOD, interactive: "yes" }, "`interactive` must be `true` or `false`, got a string."],
    [{ code: "" }, "`language` is missing; it must be a string."],
    [{ ...GOOD, language: "" }, "`language` is empty; give it a value."],
    [[], "The body must be an object, got an array."],
    [{ ...GOOD, tests: [{ stdin: "" }] }, "`tests[0].expected` is missing; it must be a string."],
  ];
  for (const [body, message] of cases) {
    assert.equal((await refused(body, "invalid_request")).message, message);
  }
});

test("all problems are told at once, the first one in the message", async () => {
  const body = { language: 1, stdin: [], files: [{ path: "../x", content: null }], interactive: "yes" };
  const error = await refused(body, "invalid_request");
  assert.deepEqual(
    error.details.map(({ path }) => path),
    ["language", "code", "stdin", "files[0].path", "files[0].content", "interactive"],
  );
  assert.match(error.message, /^`language` .*\(5 more in `details`\.\)$/);
});

test("missing fields are a 400 that names each", async () => {
  assert.deepEqual(
    (await refused({}, "invalid_request")).details.map(({ path }) => path),
    ["language", "code"],
  );
});

test("a body that is not an object is a 400", async () => {
  for (const body of ["[]", "[1]", "1", "-0.5", "null", "true", '"print(1)"']) {
    await refused(body, "invalid_request");
  }
});

test("JSON that is none is invalid_json", async () => {
  const bodies = [
    "",
    " ",
    "{",
    "}",
    "{'a':1}",
    '{"a":1,}',
    "undefined",
    "NaN",
    "code=1",
    "{}{}",
    '{"a":"\n"}',
    "<x/>",
  ];
  for (const body of bodies) await refused(body, "invalid_json");
});

test("bytes that are not UTF-8 are invalid_json, also inside a string", async () => {
  const around = (...bytes: number[]) =>
    Buffer.concat([Buffer.from('{"language":"python","code":"'), Buffer.from(bytes), Buffer.from('"}')]);
  for (const bytes of [
    [0xff],
    [0xc3, 0x28],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    assert.match((await refused(around(...bytes), "invalid_json")).message, /UTF-8/);
  }
  await refused(new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), "invalid_json");
});

test("a byte order mark is no problem", async () => {
  await accepted(`\uFEFF${JSON.stringify(GOOD)}`);
});

test("half a surrogate pair is refused in every text field, a whole one is not", async () => {
  const bodies: [string, unknown][] = [
    ["code", { ...GOOD, code: "a\ud800b" }],
    ["stdin", { ...GOOD, stdin: "\udc00" }],
    ["args[0]", { ...GOOD, args: ["\udfff\ud800"] }],
    ["files[0].path", { ...GOOD, files: [{ path: "\ud800", content: "" }] }],
    ["files[0].content", { ...GOOD, files: [{ path: "a", content: "\ud800" }] }],
    ["tests[0].expected", { ...GOOD, tests: [{ expected: "\ud83d" }] }],
    ["language", { ...GOOD, language: "\ud800" }],
  ];
  for (const [path, body] of bodies) {
    const error = await refused(body, "invalid_request");
    assert.equal(error.details[0]?.path, path);
    assert.match(error.message, /surrogate/);
  }
  await accepted({ ...GOOD, code: "print('\u{1f3d6}')" });
});

test("NUL is refused in every text field", async () => {
  for (const body of [
    { ...GOOD, code: "a\0" },
    { ...GOOD, stdin: "\0" },
    { ...GOOD, args: ["\0"] },
    { ...GOOD, files: [{ path: "a\0b", content: "" }] },
    { ...GOOD, files: [{ path: "a", content: "\0" }] },
    { ...GOOD, tests: [{ stdin: "\0", expected: "" }] },
    { ...GOOD, language: "python\0" },
  ]) {
    assert.match((await refused(body, "invalid_request")).message, /NUL|control/);
  }
});

const LIMITS: [string, ErrorCode, (more: number) => unknown][] = [
  ["code", "code_too_large", (more) => ({ ...GOOD, code: "x".repeat(MAX_CODE_BYTES + more) })],
  ["stdin", "body_too_large", (more) => ({ ...GOOD, stdin: "x".repeat(MAX_STDIN_BYTES + more) })],
  ["args", "body_too_large", (more) => ({ ...GOOD, args: ["x".repeat(MAX_ARGS_BYTES + more)] })],
  ["args", "invalid_request", (more) => ({ ...GOOD, args: Array(MAX_ARGS + more).fill("x") })],
  [
    "files",
    "code_too_large",
    (more) => ({
      ...GOOD,
      files: [
        { path: "a", content: "x".repeat(MAX_FILES_BYTES - 10) },
        { path: "b", content: "x".repeat(10 + more) },
      ],
    }),
  ],
  [
    "files",
    "invalid_request",
    (more) => ({
      ...GOOD,
      files: Array.from({ length: MAX_FILES + more }, (_, i) => ({ path: `f${i}`, content: "" })),
    }),
  ],
  [
    "tests",
    "invalid_request",
    (more) => ({ ...GOOD, tests: Array(MAX_TESTS + more).fill({ stdin: "", expected: "" }) }),
  ],
  [
    "tests",
    "body_too_large",
    (more) => ({ ...GOOD, tests: [{ stdin: "x".repeat(MAX_TESTS_BYTES), expected: "x".repeat(more) }] }),
  ],
];

for (const [field, code, body] of LIMITS) {
  test(`\`${field}\`: the limit is accepted and one more is ${code}`, async () => {
    const error = await refused(body(1), code);
    assert.equal(error.details[0]?.path, field);
    assert.match(error.message, new RegExp(`^\`${field}\` .*limit is [\\d,]+`));
    await accepted(body(0));
  });
}

test("sizes are counted in bytes of UTF-8, not in characters", async () => {
  const error = await refused({ ...GOOD, code: `${"é".repeat(MAX_CODE_BYTES / 2)}x` }, "code_too_large");
  assert.equal(error.message, "`code` is 102,401 bytes; the limit is 102,400 bytes.");
  await accepted({ ...GOOD, code: "é".repeat(MAX_CODE_BYTES / 2) });
});

test("too large beside another problem is a 400, since making it smaller would not do", async () => {
  const code = "x".repeat(MAX_CODE_BYTES + 1);
  for (const body of [
    { language: 5, code },
    { ...GOOD, code, interactive: 5 },
  ]) {
    const error = await refused(body, "invalid_request");
    assert.equal(error.details.length, 2);
  }
});

test("a body over the limit is refused by its announced length, without being read", async () => {
  let read = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        read++;
        controller.enqueue(new Uint8Array(1_000));
      },
    },
    { highWaterMark: 0 },
  );
  const response = await client.send(routes.files.run, "/api/editor/run", {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": String(MAX_BODY_BYTES + 1) },
    body,
  });
  assert.equal(response.status, 413);
  assert.match(await response.text(), /"body_too_large".*8,388,609 bytes; the limit is 8,388,608/);
  assert.equal(read, 0);
});

test("a body over the limit that does not announce it is read no further than the limit", async () => {
  let bytes = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      bytes += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(0x20));
    },
    cancel() {
      cancelled = true;
    },
  });
  const response = await client.send(routes.files.run, "/api/editor/run", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  assert.equal(response.status, 413);
  assert.ok(bytes < MAX_BODY_BYTES + 10 * 65_536, `${bytes} bytes`);
  assert.ok(cancelled);
});

test("a body of exactly the limit is read", async () => {
  const json = JSON.stringify(GOOD);
  await accepted(json + " ".repeat(MAX_BODY_BYTES - json.length));
  routes.sandbox.specs.length = 0;
  await refused(json + " ".repeat(MAX_BODY_BYTES - json.length + 1), "body_too_large");
});

test("deep or many-valued JSON is refused before it is parsed, in a moment", async () => {
  const bombs = [
    "[".repeat(MAX_BODY_BYTES),
    `${"[".repeat(4_000_000)}${"]".repeat(4_000_000)}`,
    '{"a":'.repeat(1_000_000),
    `{"language":"python","code":"x","args":[${"1,".repeat(4_000_000)}1]}`,
    `{"language":"python","code":"x","x":${"[".repeat(33)}${"]".repeat(33)}}`,
  ];
  for (const bomb of bombs) {
    const start = performance.now();
    await refused(bomb, "invalid_request");
    assert.ok(performance.now() - start < 1_000);
  }
});

test("brackets and commas inside strings are only text", async () => {
  await accepted({ ...GOOD, code: `${"[".repeat(10_000)}${",".repeat(20_000)}\\"{{` });
});

test("thousands of problems are an answer of bounded size", async () => {
  const error = await refused({ ...GOOD, args: Array(5_000).fill(1) }, "invalid_request");
  assert.ok(error.details.length <= 50);
});

test("an unknown language is a 422 that names the nearest, whatever it is called", async () => {
  for (const language of [
    "pyton",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "python ",
    "../python",
  ]) {
    const error = await refused({ ...GOOD, language }, "unknown_language");
    assert.equal(error.details[0]?.path, "language");
  }
  assert.match((await refused({ ...GOOD, language: "pyton" }, "unknown_language")).message, /python/);
  await refused({ ...GOOD, language: "x".repeat(65) }, "invalid_request");
});

test("prototype-named and unknown fields have no effect", async () => {
  await accepted(
    '{"language":"python","code":"1","__proto__":{"interactive":true,"limits":1},"constructor":{"prototype":{"x":1}},"limits":{"memoryBytes":1},"owner":"root","id":"../../x","plan":"pro","network":true}',
  );
  const [spec] = routes.sandbox.specs;
  assert.match(spec?.id ?? "", /^[\w-]{22}$/);
  assert.equal(spec?.limits.run.memoryBytes, 134_217_728);
  assert.equal(({} as Record<string, unknown>).interactive, undefined);
});

const BAD_PATHS = [
  ["", /empty/],
  [".", /`\.`/],
  ["..", /`\.\.`/],
  ["../x", /`\.\.`/],
  ["a/../../x", /`\.\.`/],
  ["a/./b", /`\.`/],
  ["/etc/passwd", /absolute/],
  ["//x", /absolute/],
  ["a//b", /empty part/],
  ["a/", /empty part/],
  ["a\\b", /backslash/],
  ["..\\x", /backslash/],
  ["C:\\x", /backslash/],
  ["a\u0000b", /NUL|control/],
  ["a\nb", /control/],
  ["a\u001b[31m", /control/],
  ["a\u007f", /control/],
  ["x".repeat(300), /300 bytes; the limit is 255/],
  ["é".repeat(128), /256 bytes/],
  ["main.py", /clashes with "main\.py"/],
  ["main.py/x", /clashes with "main\.py"/],
] as const;

for (const [path, reason] of BAD_PATHS) {
  test(`files[0].path ${JSON.stringify(path.slice(0, 20))} is refused`, async () => {
    const code = path.length > 100 ? "body_too_large" : "invalid_request";
    const error = await refused({ ...GOOD, files: [{ path, content: "" }] }, code);
    assert.equal(error.details[0]?.path, "files[0].path");
    assert.match(error.message, reason);
  });
}

test("two files that cannot lie side by side are refused, naming the second", async () => {
  for (const [first, second] of [
    ["a", "a"],
    ["a", "a/b"],
    ["a/b", "a"],
    ["a/b/c", "a/b"],
  ]) {
    const files = [
      { path: "other", content: "" },
      { path: first, content: "" },
      { path: second, content: "" },
    ];
    const error = await refused({ ...GOOD, files }, "invalid_request");
    assert.equal(error.details[0]?.path, "files[2].path");
  }
});

test("ordinary paths are accepted", async () => {
  const paths = [
    "util.py",
    "a/b/c.txt",
    "x".repeat(255),
    ".hidden",
    "..a",
    "a..b",
    "Main.py",
    "sub/main.py",
    "ü ber.py",
    "-rf",
    "main.pyc",
  ];
  await accepted({ ...GOOD, files: paths.map((path) => ({ path, content: "" })) });
});

test("other media types are a 415, and UTF-8 JSON in any spelling is none", async () => {
  const wrong = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ];
  for (const type of [
    ...wrong,
    "application/json; charset=utf-16",
    "application/json; charset=latin1",
    "",
    "json",
  ]) {
    await refused(GOOD, "unsupported_media_type", { "content-type": type });
  }
  await refused(GOOD, "unsupported_media_type", { "content-encoding": "gzip" });
  for (const type of [
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf-8"',
  ]) {
    const response = await client.run(routes, GOOD, { "content-type": type });
    assert.equal(response.status, 200);
  }
});

test("bad queries are a 400 or mean nothing, never more", async () => {
  for (const query of ["?detach=2", "?detach[]=1", "?__proto__=1", "?detach=%ff", "?%00=%00"]) {
    const response = await client.send(routes.files.run, `/api/editor/run${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(GOOD),
    });
    assert.equal(response.status, 200, query);
  }
});

test("input has the same checks as a run", async () => {
  const send = async (body: unknown) => {
    const response = await client.send(routes.files.input, "/api/runs/x/input", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      id: "x",
    });
    return `${response.status} ${errorBodySchema.parse(await response.json()).error.code}`;
  };
  assert.equal(await send({ text: 1 }), "400 invalid_request");
  assert.equal(await send({ text: "a", eof: "yes" }), "400 invalid_request");
  assert.equal(await send({ text: "\ud800" }), "400 invalid_request");
  assert.equal(await send("null"), "400 invalid_request");
  assert.equal(await send("{"), "400 invalid_json");
  assert.equal(await send({ text: "x".repeat(MAX_INPUT_BYTES + 1) }), "413 body_too_large");
  assert.equal(await send({ text: "x".repeat(MAX_INPUT_BYTES) }), "404 not_found");
});

test("ids of runs that are not there are a 404, however they look", async () => {
  for (const id of [
    "x",
    "__proto__",
    "constructor",
    "../../etc/passwd",
    "\0",
    "x".repeat(10_000),
    "' OR 1=1",
    "$ne",
  ]) {
    for (const file of [routes.files.one, routes.files.events]) {
      const response = await client.send(file, "/api/runs/x", { id });
      assert.equal(response.status, 404);
      assert.equal(errorBodySchema.parse(await response.json()).error.code, "not_found");
    }
  }
});

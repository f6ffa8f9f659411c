import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { ErrorCode } from "../../lib/errors";
import {
  MAX_ARGS,
  MAX_ARGS_BYTES,
  MAX_CODE_BYTES,
  MAX_FILES,
  MAX_FILES_BYTES,
  MAX_STDIN_BYTES,
  MAX_TESTS,
  MAX_TESTS_BYTES,
} from "../../lib/schemas/limits";
import { GOOD, refusals } from "./refusals";
import { Client, openRoutes } from "./routes";

const routes = await openRoutes();
const client = new Client();
const { refused, accepted } = refusals(routes, client);

afterEach(() => {
  routes.sandbox.specs.length = 0;
});

const WRONG_TYPES: Record<string, unknown[]> = {
  language: [1, true, null, [], ["python"], {}, { id: "python" }],
  code: [1, false, null, [], ["x"], {}],
  stdin: [1, true, null, [], {}],
  args: ["x", 1, null, {}, [1], [null], [["x"]]],
  files: ["x", 1, null, {}, ["a.py"], [null], [[]], [{}], [{ path: "a" }], [{ path: 1, content: "" }]],
  tests: [
    ...["x", 1, null, {}, [1], [{}], [{ stdin: 1, expected: "" }], [{ stdin: "" }]],
    ...[1, null, [], {}].map((name) => [{ expected: "", name }]),
    ...[1, null, [], {}, "loose", { tolerance: "1" }, { tolerance: -1 }, { tolerance: 1e7 }].map(
      (compare) => [{ expected: "", compare }],
    ),
  ],
  mode: ["", "Batch", "pty", 1, true, null, [], {}],
  interactive: ["true", 1, null, [], {}],
  terminal: ["80x24", 1, true, null, [], {}, { columns: 80 }, { columns: "80", rows: "24" }],
  repl: ["true", 1, null, [], {}],
  options: ["c++23", 1, true, null, [], { standard: 23 }, { standard: null }, { "": "x" }],
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
    [
      { ...GOOD, tests: [{ expected: "", compare: "loose" }] },
      '`tests[0].compare` must be "exact", "trimmed" or an object such as {"tolerance": 1e-6}.',
    ],
    [
      { ...GOOD, tests: [{ expected: "", compare: { tolerance: -1 } }] },
      "`tests[0].compare.tolerance` must be at least 0, got the number -1.",
    ],
    [
      { ...GOOD, tests: [{ expected: "", name: "n".repeat(101) }] },
      "`tests[0].name` is 101 characters long; the limit is 100. Shorten it.",
    ],
    [
      { ...GOOD, language: "c", options: { optimization: "o9" } },
      '`options.optimization` is "o9", which C does not have here; use one of o0, o1, o2, o3.',
    ],
    [
      { ...GOOD, options: { standard: "c++23" } },
      "`options.standard` is not an option of Python; it has none, so leave `options` out.",
    ],
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

test("`mode` and `interactive` that say different things are a 400 that names both", async () => {
  const said: [object, string][] = [
    [
      { mode: "batch", interactive: true },
      '`interactive` is true, but `mode` is "batch"; send only one of the two.',
    ],
    [
      { mode: "terminal", interactive: true },
      '`interactive` is true, but `mode` is "terminal"; send only one of the two.',
    ],
    [
      { mode: "interactive", interactive: false },
      '`interactive` is false, but `mode` is "interactive"; send only one of the two.',
    ],
  ];
  for (const [fields, message] of said) {
    const error = await refused({ ...GOOD, ...fields }, "invalid_request");
    assert.deepEqual([error.message, error.details], [message, [{ path: "interactive", message }]]);
  }
});

for (const fields of [
  { mode: "batch", interactive: false },
  { mode: "interactive", interactive: true },
]) {
  test(`\`mode\` and \`interactive\` that both say "${fields.mode}" are accepted`, async () => {
    await accepted({ ...GOOD, ...fields });
  });
}

test("a terminal without columns, or larger than any screen, is refused; each figure is named", async () => {
  const mode = "terminal";
  const cases: [object, string][] = [
    [{ columns: 0, rows: 24 }, "terminal.columns"],
    [{ columns: 1_001, rows: 24 }, "terminal.columns"],
    [{ columns: 80, rows: 501 }, "terminal.rows"],
    [{ columns: 80.5, rows: 24 }, "terminal.columns"],
    [{ columns: 80 }, "terminal.rows"],
  ];
  for (const [terminal, path] of cases) {
    const { details } = await refused({ ...GOOD, mode, terminal }, "invalid_request");
    assert.deepEqual(
      details.map((detail) => detail.path),
      [path],
      JSON.stringify(terminal),
    );
  }
});

for (const terminal of [undefined, { columns: 1, rows: 1 }, { columns: 1_000, rows: 500 }]) {
  test(`a terminal of ${JSON.stringify(terminal ?? "no size")} is accepted`, async () => {
    await accepted({ ...GOOD, mode: "terminal", terminal });
  });
}

test("a prompt needs a terminal, and a language that has one", async () => {
  const bare = await refused({ ...GOOD, repl: true }, "invalid_request");
  assert.match(bare.message, /`repl` needs a terminal; send `"mode": "terminal"` with it/);
  const asked = { ...GOOD, mode: "terminal", repl: true };
  const none = await refused({ ...asked, language: "c" }, "invalid_request");
  assert.deepEqual([none.details[0]?.path, /C has no prompt/.test(none.message)], ["repl", true]);
  await accepted(asked);
});

test("missing fields are a 400 that names each", async () => {
  assert.deepEqual(
    (await refused({}, "invalid_request")).details.map(({ path }) => path),
    ["language", "code"],
  );
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
    '{"language":"python","code":"1","__proto__":{"interactive":true,"limits":1},"constructor":{"prototype":{"x":1}},"limits":{"memoryBytes":1000000000000,"cpus":64,"run":{"memoryBytes":1000000000000}},"owner":"root","id":"../../x","plan":"pro","network":true}',
  );
  const [spec] = routes.sandbox.specs;
  assert.match(spec?.id ?? "", /^[\w-]{22}$/);
  assert.equal(spec?.limits.run.memoryBytes, 134_217_728);
  assert.equal(({} as Record<string, unknown>).interactive, undefined);
});

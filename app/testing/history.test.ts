import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome, printing } from "../../lib/runs/testing/runs-fixture";
import { errorBodySchema } from "../../lib/schemas/error";
import {
  type RunPage,
  type RunSummary,
  runDetailSchema,
  runPageSchema,
  runSummarySchema,
  statisticsSchema,
  usageReportSchema,
} from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const routes = await openRoutes();
const { sandbox } = routes;

/** A visitor with a run for each program, the last the newest. */
async function visitorWith(...programs: { code: string; language?: string; stdin?: string }[]) {
  const visitor = new Visitor(routes);
  const ids: string[] = [];
  for (const program of programs) {
    const { id } = await visitor.json<RunResult>("POST", "/api/editor/run", {
      language: "python",
      ...program,
    });
    ids.push(id);
  }
  return { visitor, ids };
}

async function listed(visitor: Visitor, query = ""): Promise<string[]> {
  return (await visitor.json<RunPage>("GET", `/api/runs${query}`)).runs.map(({ id }) => id);
}

async function problemsOf(response: Response) {
  assert.equal(response.status, 400);
  return errorBodySchema.strict().parse(await response.json()).error;
}

test("the list has the viewer's own runs, newest first, a page at a time, each once", async () => {
  const { visitor, ids } = await visitorWith({ code: "a" }, { code: "b" }, { code: "c" });
  await visitorWith({ code: "another's" });
  const first = runPageSchema.strict().parse(await visitor.json("GET", "/api/runs?limit=2"));
  assert.deepEqual(
    first.runs.map(({ id }) => id),
    [ids[2], ids[1]],
  );
  runSummarySchema.strict().parse(first.runs[0]);
  assert.deepEqual([first.runs[0]?.status, first.runs[0]?.preview], ["success", "c"]);
  const second = await visitor.json<RunPage>("GET", `/api/runs?limit=2&cursor=${first.nextCursor}`);
  assert.deepEqual([second.runs.map(({ id }) => id), second.nextCursor], [[ids[0]], null]);
});

test("filters and search narrow the list down, and empty ones do not", async () => {
  const { visitor, ids } = await visitorWith({ code: "print('Needle')" }, { code: "hay", language: "bash" });
  await visitor.json("PATCH", `/api/runs/${ids[1]}`, { title: "A bale of 100% straw", pinned: true });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  for (const [query, found] of [
    ["?q=needle", [ids[0]]],
    ["?q=100%25", [ids[1]]],
    ["?q=0_", []],
    ["?language=bash", [ids[1]]],
    ["?pinned=true", [ids[1]]],
    ["?pinned=false", [ids[0]]],
    ["?status=success", [ids[1], ids[0]]],
    ["?status=running", []],
    [`?from=${tomorrow}`, []],
    [`?to=${tomorrow}`, [ids[1], ids[0]]],
    ["?q=&language=&status=&pinned=&cursor=&limit=", [ids[1], ids[0]]],
  ] as const) {
    assert.deepEqual(await listed(visitor, query), found, query);
  }
});

test("a query that makes no sense is a 400 that names every field with its value and what it may be", async () => {
  const { visitor } = await visitorWith();
  for (const [query, field, words] of [
    ["limit=0", "limit", /"0"; it must be a whole number from 1 to 100/],
    ["limit=101", "limit", /"101"/],
    ["limit=ten", "limit", /"ten"/],
    ["limit=1e1", "limit", /"1e1"/],
    ["status=finished", "status", /"finished"; it must be one of "running", "success"/],
    ["pinned=1", "pinned", /"true", "false"/],
    ["from=yesterday", "from", /2026-11-22/],
    ["to=2026-13-01", "to", /2026-13-01/],
    ["cursor=made-up", "cursor", /nextCursor/],
    [`q=${"x".repeat(201)}`, "q", /201 characters.*200/],
  ] as const) {
    const { code, message, details } = await problemsOf(await visitor.ask("GET", `/api/runs?${query}`));
    assert.equal(code, "invalid_request", query);
    assert.equal(details[0]?.path, field, query);
    assert.match(message, words);
  }
  const many = await problemsOf(await visitor.ask("GET", "/api/runs?limit=0&status=x&pinned=x"));
  assert.equal(many.details.length, 3);
  for (const address of [
    "/api/runs/export?format=xml",
    "/api/runs/statistics?days=0",
    "/r/x/raw?part=every",
  ]) {
    assert.match((await problemsOf(await visitor.ask("GET", address))).message, /must be/);
  }
});

test("one run has everything that was sent and everything that came of it", async () => {
  sandbox.script = printing("out");
  const { visitor } = await visitorWith();
  const program = {
    language: "py",
    code: "print(input())",
    stdin: "hello\n",
    args: ["-x"],
    files: [{ path: "a/b.txt", content: "b" }],
    tests: [],
    mode: "batch",
  };
  const result = await visitor.json<RunResult>("POST", "/api/editor/run", program);
  const run = runDetailSchema.strict().parse(await visitor.json("GET", `/api/runs/${result.id}`));
  assert.deepEqual({ ...run, ...result }, run);
  assert.deepEqual([run.own, run.visibility, run.title, run.pinned], [true, "private", null, false]);
  assert.deepEqual({ ...run.request, language: "py" }, program);
  assert.equal(run.image, "sha256:0123");
  assert.equal(run.limits?.run.timeoutMs, 10_000);
  assert.ok(run.finishedAt);
  assert.equal(Date.parse(run.expiresAt ?? "") - Date.parse(run.createdAt), 7 * 86_400_000);
});

test("test cases are kept with their names, ways to compare and verdicts, and the list counts them", async () => {
  const results = [
    { status: "passed" as const, actual: "3\n", durationMs: 5 },
    { status: "error" as const, actual: "", durationMs: 6, exitCode: 1, stderr: "no\n" },
  ];
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    for (const [index, result] of results.entries()) yield { type: "test", index, result };
    yield { type: "done", outcome: outcome({ tests: results, message: '1 of 2 tests failed: "Test 2".' }) };
  };
  const { visitor } = await visitorWith();
  const sent = {
    ...{ language: "python", code: "x" },
    tests: [
      { name: " small\n", stdin: "1 2\n", expected: "3\n", compare: { tolerance: 1e-6 } },
      { expected: "" },
    ],
  };
  const kept = [
    { name: "small", stdin: "1 2\n", expected: "3\n", compare: { tolerance: 1e-6 } },
    { name: "Test 2", stdin: "", expected: "", compare: "trimmed" },
  ];
  const result = await visitor.json<RunResult>("POST", "/api/editor/run", sent);
  assert.deepEqual(result.tests, results);
  const run = runDetailSchema.strict().parse(await visitor.json("GET", `/api/runs/${result.id}`));
  assert.deepEqual([run.request.tests, run.tests, run.message], [kept, results, result.message]);
  const counts = { passed: 1, failed: 1, skipped: 0 };
  assert.deepEqual((await visitor.json<RunPage>("GET", "/api/runs")).runs[0]?.tests, counts);
  // What is sent again as it was answered is the same.
  const again = await visitor.json<RunResult>("POST", "/api/editor/run", {
    ...sent,
    tests: run.request.tests,
  });
  const second = runDetailSchema.strict().parse(await visitor.json("GET", `/api/runs/${again.id}`));
  assert.deepEqual(second.request.tests, kept);
  await visitor.json("PATCH", `/api/runs/${result.id}`, { visibility: "unlisted" });
  const { visitor: other } = await visitorWith();
  assert.deepEqual(
    runDetailSchema.strict().parse(await other.json("GET", `/api/runs/${result.id}`)).request.tests,
    kept,
  );
});

test("an owner can name, pin and share; what is left out stays; bad values are told", async () => {
  const { visitor, ids } = await visitorWith({ code: "x" });
  const address = `/api/runs/${ids[0]}`;
  const changed = async (body: unknown) => {
    const { title, pinned, visibility } = runSummarySchema
      .strict()
      .parse(await visitor.json<RunSummary>("PATCH", address, body));
    return [title, pinned, visibility];
  };
  assert.deepEqual(await changed({ title: " <b>Näme</b> 🎉 " }), ["<b>Näme</b> 🎉", false, "private"]);
  assert.deepEqual(await changed({ pinned: true }), ["<b>Näme</b> 🎉", true, "private"]);
  assert.deepEqual(await changed({ visibility: "public" }), ["<b>Näme</b> 🎉", true, "public"]);
  assert.deepEqual(await changed({ title: "", pinned: false }), [null, false, "public"]);
  assert.deepEqual(await changed({ title: "🎉".repeat(200) }), ["🎉".repeat(200), false, "public"]);
  for (const [body, words] of [
    [{ title: "x".repeat(201) }, /201 characters long; the limit is 200/],
    [{ title: 7 }, /`title` must be a string, got the number 7/],
    [{ title: "a\0b" }, /NUL/],
    [{ pinned: "yes" }, /`pinned` must be `true` or `false`/],
    [{ visibility: "secret" }, /`visibility` is "secret"; it must be one of "private", "unlisted", "public"/],
    [{}, /changes nothing/],
    [{ owner: "guest_x" }, /changes nothing/],
  ] as const) {
    assert.match((await problemsOf(await visitor.ask("PATCH", address, body))).message, words);
  }
});

test("deleting everything leaves nothing of the viewer's, and everything of others'", async () => {
  const { visitor } = await visitorWith({ code: "a" }, { code: "b" });
  const { visitor: other, ids } = await visitorWith({ code: "c" });
  assert.deepEqual(await visitor.json("DELETE", "/api/runs"), { deleted: 2 });
  assert.deepEqual(await visitor.json("DELETE", "/api/runs"), { deleted: 0 });
  assert.deepEqual(await listed(visitor), []);
  assert.deepEqual(await listed(other), ids);
});

test("statistics have every day once, today last, and only the viewer's runs", async () => {
  const { visitor } = await visitorWith({ code: "a" }, { code: "b" });
  const { days, runs, succeeded } = statisticsSchema
    .strict()
    .parse(await visitor.json("GET", "/api/runs/statistics?days=3"));
  const today = new Date().toISOString().slice(0, 10);
  assert.deepEqual([days.length, days[2]?.day, runs, succeeded], [3, today, 2, 2]);
  assert.deepEqual([days[2]?.runs, days[2]?.averageMs, days[2]?.slowestMs], [2, 12, 12]);
  assert.deepEqual([days[0]?.runs, days[0]?.averageMs], [0, null]);
  const all = statisticsSchema.parse(await visitor.json("GET", "/api/runs/statistics"));
  assert.equal(all.days.length, 30);
});

test("usage tells the plan's quota and what was used of it", async () => {
  const { visitor } = await visitorWith({ code: "a" }, { code: "b" });
  const usage = usageReportSchema.strict().parse(await visitor.json("GET", "/api/usage"));
  assert.deepEqual([usage.plan, usage.used, usage.limit, usage.remaining], ["guest", 2, 100, 98]);
  assert.deepEqual(usage.days, [{ day: new Date().toISOString().slice(0, 10), runs: 2 }]);
  const fresh = usageReportSchema.parse(await new Visitor(routes).json("GET", "/api/usage"));
  assert.deepEqual([fresh.used, fresh.remaining, fresh.days], [0, 100, []]);
});

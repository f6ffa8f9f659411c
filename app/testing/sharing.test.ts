import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome, running } from "../../lib/runs/testing/runs-fixture";
import type { RunDetail, RunPage } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const routes = await openRoutes();
const { sandbox } = routes;
const { sharedRun } = await import("../../lib/server");

const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const FILES = [
  { name: "plot.png", type: "image/png", bytes: PNG },
  { name: "a b'ü.svg", type: "image/svg+xml", bytes: Buffer.from("<svg onload='alert(1)'/>") },
  { name: "page.html", type: "text/html", bytes: Buffer.from("<script>alert(1)</script>") },
  { name: "data.csv", type: "text/csv", bytes: Buffer.from("1,2\n") },
  { name: "odd", type: "text/plain\r\nX-Evil: 1", bytes: Buffer.from("odd") },
];

/** A run that printed to both streams and left files, with its owner. */
async function shared(visibility: "private" | "unlisted" | "public" = "private") {
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    const output = { stdout: "<b>out</b>", stderr: "errors", exitCode: 0, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ output, artifacts: FILES }) };
  };
  const owner = new Visitor(routes);
  const program = { language: "python", code: "<script>code()</script>", stdin: "in", args: ["a"] };
  const result = await owner.json<RunResult>("POST", "/api/editor/run", program);
  if (visibility !== "private") await owner.json("PATCH", `/api/runs/${result.id}`, { visibility });
  return { owner, result, id: result.id };
}

/** Every request about one run, with the status its owner gets. */
const REQUESTS: readonly (readonly [method: string, address: string, body?: unknown])[] = [
  ["GET", ""],
  ["GET", "/artifacts/plot.png"],
  ["GET", "/raw"],
  ["GET", "/events"],
  ["POST", "/cancel"],
  ["POST", "/input", { text: "x" }],
  ["PATCH", "", { title: "mine now" }],
  ["PATCH", "", { visibility: "public" }],
  ["DELETE", ""],
];

const addressOf = (id: string, rest: string) => (rest === "/raw" ? `/r/${id}/raw` : `/api/runs/${id}${rest}`);

async function whole(response: Response) {
  const headers = Object.fromEntries(response.headers);
  for (const own of ["x-request-id", "set-cookie"]) delete headers[own];
  return { status: response.status, headers, body: await response.text() };
}

test("to others a private run is as absent as one that never was, whatever they ask, byte for byte", async () => {
  const { owner, id } = await shared();
  const other = new Visitor(routes);
  await other.ask("GET", "/api/runs");
  for (const [method, rest, body] of REQUESTS) {
    const forbidden = await whole(await other.ask(method, addressOf(id, rest), body));
    const absent = await whole(await other.ask(method, addressOf("x".repeat(22), rest), body));
    assert.equal(forbidden.status, 404, `${method} ${rest}`);
    assert.deepEqual(forbidden, absent, `${method} ${rest}`);
  }
  const mine = await owner.json<RunDetail>("GET", `/api/runs/${id}`);
  assert.deepEqual([mine.title, mine.visibility], [null, "private"]);
});

test("odd ids are absent, never an error", async () => {
  const other = new Visitor(routes);
  for (const id of [
    "%00",
    "..",
    "__proto__",
    "%F0%9F%8E%89",
    "$ne",
    "'; DROP TABLE runs",
    "x".repeat(2_000),
  ]) {
    const address = `/api/runs/${id.startsWith("%") ? id : encodeURIComponent(id)}/artifacts/x`;
    assert.equal((await other.ask("GET", address)).status, 404, id);
  }
});

test("of a shared run others see what was run and what came of it, and nothing of its owner", async () => {
  for (const visibility of ["unlisted", "public"] as const) {
    const { owner, id, result } = await shared(visibility);
    await owner.json("PATCH", `/api/runs/${id}`, { title: "<i>Named</i>", pinned: true });
    const other = new Visitor(routes);
    const response = await other.ask("GET", `/api/runs/${id}`);
    const text = await response.text();
    const run = JSON.parse(text) as RunDetail;
    assert.deepEqual([run.own, run.pinned, run.title], [false, false, "<i>Named</i>"]);
    assert.deepEqual([run.request.code, run.request.stdin], ["<script>code()</script>", "in"]);
    assert.deepEqual(run.output, result.output);
    assert.deepEqual(run.artifacts, result.artifacts);
    assert.doesNotMatch(text, /usage|guest_|owner|plan/);
    assert.deepEqual((await other.json<RunPage>("GET", "/api/runs")).runs, []);
  }
});

test("a shared run can be read by others and changed by nobody but its owner", async () => {
  const { owner, id } = await shared("public");
  const other = new Visitor(routes);
  for (const [method, rest, body] of REQUESTS.filter(([method]) => method !== "GET")) {
    assert.equal((await other.ask(method, addressOf(id, rest), body)).status, 404, `${method} ${rest}`);
  }
  assert.equal((await other.ask("GET", `/api/runs/${id}/events`)).status, 404);
  assert.equal((await owner.json<RunDetail>("GET", `/api/runs/${id}`)).title, null);
});

test("sharing can be taken back, and then everything is absent again", async () => {
  const { owner, id } = await shared("unlisted");
  const other = new Visitor(routes);
  const reads = REQUESTS.filter(([method, rest]) => method === "GET" && rest !== "/events");
  const seen = async () =>
    Promise.all(reads.map(async ([method, rest]) => (await other.ask(method, addressOf(id, rest))).status));
  assert.deepEqual(await seen(), [200, 200, 200]);
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "private" });
  assert.deepEqual(await seen(), [404, 404, 404]);
});

test("a deleted run is gone everywhere, also for its owner", async () => {
  const { owner, id } = await shared("public");
  assert.deepEqual(await owner.json("DELETE", `/api/runs/${id}`), { deleted: true });
  for (const viewer of [owner, new Visitor(routes)]) {
    for (const [method, rest, body] of REQUESTS) {
      assert.equal((await viewer.ask(method, addressOf(id, rest), body)).status, 404, `${method} ${rest}`);
    }
    assert.equal(await sharedRun(new Headers({ cookie: viewer.cookie }), id), null);
  }
  assert.deepEqual((await owner.json<RunPage>("GET", "/api/runs")).runs, []);
});

test("a run deleted while it runs is ended, and leaves neither row nor files nor stream", async () => {
  const owner = new Visitor(routes);
  sandbox.script = running();
  await owner.ask("GET", "/api/usage"); // for the cookie
  const answer = owner.ask("POST", "/api/editor/run", { language: "python", code: "x" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [row] = (await owner.json<RunPage>("GET", "/api/runs?status=running")).runs;
  assert.ok(row);
  assert.deepEqual(await owner.json("DELETE", `/api/runs/${row.id}`), { deleted: true });
  const ended = (await (await answer).json()) as RunResult;
  assert.deepEqual([ended.id, ended.status, ended.artifacts], [row.id, "cancelled", []]);
  assert.equal((await owner.ask("GET", `/api/runs/${row.id}`)).status, 404);
  assert.equal((await owner.ask("GET", `/api/runs/${row.id}/events`)).status, 404);
  assert.deepEqual((await owner.json<RunPage>("GET", "/api/runs")).runs, []);
});

test("files are downloads that no browser acts upon; only plain images are shown in place", async () => {
  const { owner, result } = await shared();
  assert.deepEqual(
    result.artifacts.map(({ name, bytes }) => [name, bytes]),
    FILES.map(({ name, bytes }) => [name, bytes.length]),
  );
  const expected = [
    ["image/png", "inline"],
    ["application/octet-stream", "attachment"],
    ["application/octet-stream", "attachment"],
    ["text/plain; charset=utf-8", "attachment"],
    ["application/octet-stream", "attachment"],
  ];
  for (const [index, { url }] of result.artifacts.entries()) {
    const response = await owner.ask("GET", url);
    assert.equal(response.status, 200, url);
    const disposition = response.headers.get("content-disposition") ?? "";
    assert.deepEqual([response.headers.get("content-type"), disposition.split(";")[0]], expected[index]);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'.*sandbox/);
    assert.equal(response.headers.get("x-evil"), null);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), FILES[index]?.bytes);
  }
  const svg = await owner.ask("GET", result.artifacts[1]?.url ?? "");
  assert.equal(
    svg.headers.get("content-disposition"),
    `attachment; filename="a b'_.svg"; filename*=UTF-8''a%20b%27%C3%BC.svg`,
  );
  assert.equal((await owner.ask("GET", `/api/runs/${result.id}/artifacts/plot.PNG`)).status, 404);
});

test("raw is the program's text, or what it printed, and nothing but text", async () => {
  const { id } = await shared("unlisted");
  const other = new Visitor(routes);
  for (const [query, text] of [
    ["", "<script>code()</script>"],
    ["?part=output", "<b>out</b>"],
    ["?part=errors", "errors"],
    ["?part=all", "<b>out</b>errors"],
  ] as const) {
    const response = await other.ask("GET", `/r/${id}/raw${query}`);
    assert.equal(await response.text(), text);
    assert.equal(response.headers.get("content-type"), "text/plain; charset=utf-8");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(response.headers.get("content-security-policy") ?? "", /sandbox/);
  }
});

test("the page's loader sees what its viewer may, and says whose it is", async () => {
  const { owner, id } = await shared();
  const mine = new Headers({ cookie: owner.cookie });
  const nobody = new Headers();
  assert.equal((await sharedRun(mine, id))?.run.own, true);
  assert.equal(await sharedRun(nobody, id), null);
  assert.equal(await sharedRun(mine, "absent"), null);
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "unlisted" });
  const page = await sharedRun(nobody, id);
  assert.deepEqual([page?.run.own, page?.run.usage, page?.language?.name], [false, undefined, "Python"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../../lib/languages";
import { processMetrics } from "../../lib/telemetry/metrics";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const TOKEN = "a token of the operator's";
const BEARER = { authorization: `Bearer ${TOKEN.replaceAll(" ", "-")}` };
const LIMITED = { runsPerMinute: 3, parallelRuns: 100, requestsPerMinute: 100_000 };

const routes = await openRoutes({
  variables: {
    QUICKSAND_METRICS_TOKEN: TOKEN.replaceAll(" ", "-"),
    QUICKSAND_PLANS: JSON.stringify({ guest: LIMITED, free: LIMITED }),
  },
});

async function metrics(): Promise<string> {
  const answer = await new Visitor(routes, BEARER).ask("GET", "/api/metrics");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  return answer.text();
}

/** The value of one sample; 0 where there is none. */
function sample(text: string, name: string): number {
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

test("the operator's token and an admin's session are let in, and nobody else", async () => {
  assert.match(await metrics(), /^quicksand_info\{version="[\d.]+[^"]*"\} 1$/m);
  const admin = new Visitor(routes);
  const account = await signedIn(routes, admin, { admin: true });
  assert.equal((await admin.ask("GET", "/api/metrics")).status, 200);
  const user = new Visitor(routes);
  await signedIn(routes, user);
  assert.equal((await user.ask("GET", "/api/metrics")).status, 403);
  const { headers } = await keyOf(routes, account, ["run", "read"]);
  assert.equal((await new Visitor(routes, headers).ask("GET", "/api/metrics")).status, 403);
  assert.equal((await new Visitor(routes).ask("GET", "/api/metrics")).status, 401);
  for (const token of ["", "x", `${BEARER.authorization}x`, TOKEN.slice(0, -1), "undefined", "null"]) {
    const guess = new Visitor(routes, { authorization: `Bearer ${token}` });
    assert.equal((await guess.ask("GET", "/api/metrics")).status, 401, token);
  }
});

test("a run is in the metrics: its end, its stages, its turn, and the calls of the database", async () => {
  const before = await metrics();
  const visitor = new Visitor(routes);
  await visitor.json("POST", "/api/editor/run", { language: "py", code: "print('private')" });
  // The answer does not wait for the room that is made after it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const after = await metrics();
  const more = (name: string) => sample(after, name) - sample(before, name);
  assert.equal(more('quicksand_runs_total{language="python",status="success",isolation="container"}'), 1);
  for (const stage of ["accept", "wait", "sandbox", "run", "record"])
    assert.equal(more(`quicksand_run_stage_seconds_count{stage="${stage}"}`), 1, stage);
  assert.equal(more('quicksand_run_stage_seconds_count{stage="compile"}'), 0);
  assert.equal(more("quicksand_queue_add_seconds_count"), 1);
  assert.equal(more("quicksand_queue_turn_seconds_count"), 1);
  assert.equal(more('quicksand_store_call_seconds_count{operation="acceptRun"}'), 1);
  assert.equal(more('quicksand_store_call_seconds_count{operation="finishRun"}'), 1);
  assert.equal(sample(after, "quicksand_runs_in_progress"), 0);
  assert.equal(sample(after, 'quicksand_sandboxes{state="warm"}'), 1);
  for (const part of ["docker", "images", "store", "queue"])
    assert.equal(sample(after, `quicksand_up{part="${part}"}`), 1, part);
});

test("what was refused is counted by its code and by the limit that refused it", async () => {
  const before = await metrics();
  const visitor = new Visitor(routes);
  const body = { language: "python", code: "" };
  for (let run = 0; run < LIMITED.runsPerMinute; run++) await visitor.json("POST", "/api/editor/run", body);
  assert.equal((await visitor.ask("POST", "/api/editor/run", body)).status, 429);
  const unknown = { ...body, language: "klingon" };
  assert.equal((await new Visitor(routes).ask("POST", "/api/editor/run", unknown)).status, 422);
  const after = await metrics();
  const more = (name: string) => sample(after, name) - sample(before, name);
  assert.equal(more('quicksand_rate_limit_refusals_total{limit="runs"}'), 1);
  assert.equal(more('quicksand_runs_refused_total{code="rate_limited"}'), 1);
  assert.equal(more('quicksand_runs_refused_total{code="unknown_language"}'), 1);
});

test("no label has anything that somebody sent, or that is somebody's", async () => {
  const text = await metrics();
  const languages = new Set(LANGUAGES.map(({ id }) => id));
  for (const [, language] of text.matchAll(/language="([^"]*)"/g)) assert.ok(languages.has(language ?? ""));
  for (const [, value] of text.matchAll(/="([^"]*)"/g))
    assert.doesNotMatch(value ?? "", /klingon|private|^user_|^guest_|10\.\d+\.\d+\.\d+|@/);
  const names = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name));
  const known = ["language", "status", "isolation", "stage", "code", "operation", "limit", "le", "state"];
  const further = ["part", "version", "space", "kind", "type", "major", "minor", "patch"];
  const ofOthers = ["route", "method", "call", "result", "quantile"];
  for (const name of names) assert.ok([...known, ...further, ...ofOthers].includes(name ?? ""), name);
});

test("each metric has a help and a type before its samples, and no line is of another form", async () => {
  const text = await metrics();
  const lines = text.split("\n").filter((line) => line !== "");
  const value = String.raw`(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)`;
  const form = new RegExp(String.raw`^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{(?:\w+="[^"]*",?)+\})? ${value})$`);
  for (const line of lines) assert.match(line, form);
  for (const name of processMetrics().names())
    assert.ok(
      lines.some((line) => line.startsWith(`# TYPE ${name} `)),
      name,
    );
  await routes.services.close();
});

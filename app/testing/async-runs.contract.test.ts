import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { aborted, outcome, printing, type Script } from "../../lib/runs/testing/runs-fixture";
import type { AcceptedBatch, AcceptedRun } from "../../lib/schemas/accepted-run";
import { errorBodySchema } from "../../lib/schemas/error";
import type { RunDetail, RunPage } from "../../lib/schemas/history";
import { openTestStore, overBothStores } from "./both-stores";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const PROGRAM = { language: "python", code: "print(1)" };

/** Goes on until `finish` is called, or it is cancelled. */
function held(): { script: Script; finish: () => void } {
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const script: Script = async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    await Promise.race([finished, aborted(signal)]);
    const status = signal.aborted ? "cancelled" : "success";
    yield { type: "done", outcome: outcome({ status }) };
  };
  return { script, finish };
}

await overBothStores(process.env, asyncRuns);

/** Runs that are asked for and fetched by different requests. */
function asyncRuns(mongodbUri: string | undefined): void {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-async-"));
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  let site: ReturnType<typeof openRoutes> | undefined;
  after(async () => (await site)?.services.close());
  const open = async () => {
    site ??= openRoutes({ store: openTestStore(mongodbUri, dataDir) });
    const routes = await site;
    const visitor = new Visitor(routes);
    // For the cookie.
    await visitor.ask("GET", "/api/usage");
    return { routes, visitor };
  };
  const refusal = async (answer: Response) => {
    const { error } = errorBodySchema.parse(await answer.json());
    return `${answer.status} ${error.code}: ${error.message}`;
  };

  test("a run is accepted at once, can be followed by its links, and waited for", async () => {
    const { routes, visitor } = await open();
    const { script, finish } = held();
    routes.sandbox.script = script;
    const answer = await visitor.ask("POST", "/api/runs", PROGRAM);
    assert.equal(answer.status, 202);
    const { id, status, links } = (await answer.json()) as AcceptedRun;
    assert.deepEqual(
      [status, links.self, answer.headers.get("location")],
      ["running", `/api/runs/${id}`, links.self],
    );
    assert.equal((await visitor.json<RunDetail>("GET", links.self)).status, "running");
    assert.equal((await visitor.json<RunDetail>("GET", `${links.self}?wait=1`)).status, "running");
    const waiting = visitor.json<RunDetail>("GET", `${links.self}?wait=50`);
    finish();
    assert.equal((await waiting).status, "success");
    assert.match(await (await visitor.ask("GET", links.events)).text(), /event: done/);
    assert.equal(
      (await visitor.json<RunDetail>("GET", `${links.self}?wait=50`)).status,
      "success",
      "at once",
    );
    assert.match(
      await refusal(await visitor.ask("GET", `${links.self}?wait=51`)),
      /400 invalid_request: `wait`.*0 to 50/,
    );
  });

  test("an accepted run can be stopped, and nobody else can wait for it", async () => {
    const { routes, visitor } = await open();
    routes.sandbox.script = held().script;
    const { links } = (await (await visitor.ask("POST", "/api/runs", PROGRAM)).json()) as AcceptedRun;
    assert.match(
      await refusal(await new Visitor(routes).ask("GET", `${links.self}?wait=1`)),
      /404 not_found/,
    );
    assert.deepEqual(await visitor.json("POST", links.cancel), { cancelled: true });
    assert.equal((await visitor.json<RunDetail>("GET", `${links.self}?wait=50`)).status, "cancelled");
  });

  test("what takes input or has a terminal has a link for it", async () => {
    const { routes, visitor } = await open();
    routes.sandbox.script = printing("x");
    const linksOf = async (mode: string) =>
      Object.keys(
        ((await (await visitor.ask("POST", "/api/runs", { ...PROGRAM, mode })).json()) as AcceptedRun).links,
      );
    assert.deepEqual(await linksOf("batch"), ["self", "events", "cancel"]);
    assert.deepEqual(await linksOf("interactive"), ["self", "events", "cancel", "input"]);
    assert.deepEqual(await linksOf("terminal"), ["self", "events", "cancel", "input", "terminal"]);
  });

  test("of several each is accepted or refused at its place; with none accepted the whole is refused", async () => {
    const { routes, visitor } = await open();
    routes.sandbox.script = printing("x");
    const unknown = { ...PROGRAM, language: "pyhton" };
    const answer = await visitor.ask("POST", "/api/runs/batch", { runs: [PROGRAM, unknown, PROGRAM] });
    assert.equal(answer.status, 202);
    const { runs } = (await answer.json()) as AcceptedBatch;
    const told = runs.map((run) => ("error" in run ? run.error.code : run.status));
    assert.deepEqual(told, ["running", "unknown_language", "running"]);
    assert.match(
      await refusal(await visitor.ask("POST", "/api/runs/batch", { runs: [unknown] })),
      /422 unknown_language/,
    );
    const bad = await visitor.ask("POST", "/api/runs/batch", { runs: [PROGRAM, { language: "python" }] });
    assert.match(await refusal(bad), /400 invalid_request: `runs\[1\]\.code` is missing/);
    const many = await visitor.ask("POST", "/api/runs/batch", { runs: Array(21).fill(PROGRAM) });
    assert.match(await refusal(many), /400 invalid_request: `runs` has 21 items; the limit is 20/);
    assert.match(
      await refusal(await visitor.ask("POST", "/api/runs/batch", { runs: [] })),
      /400 invalid_request/,
    );
  });

  test("sent again with its key a request is carried out once; another body is refused", async () => {
    const { routes, visitor } = await open();
    const headers = { "idempotency-key": "3f0c9c1e-one" };
    const send = (who: Visitor, body: object, where = "/api/runs") => who.ask("POST", where, body, headers);
    const first = await send(visitor, PROGRAM);
    const accepted = await first.json();
    const again = await send(visitor, PROGRAM);
    assert.deepEqual([again.status, again.headers.get("idempotency-replayed")], [202, "true"]);
    assert.deepEqual(await again.json(), accepted);
    assert.match(
      await refusal(await send(visitor, { ...PROGRAM, code: "2" })),
      /409 conflict.*another request/,
    );
    // The same key is another one elsewhere, and somebody else's.
    assert.equal((await send(visitor, { runs: [PROGRAM] }, "/api/runs/batch")).status, 202);
    const other = await send(new Visitor(routes), PROGRAM);
    assert.notDeepEqual(await other.json(), accepted);
    assert.equal((await visitor.json<RunPage>("GET", "/api/runs")).runs.length, 2);
  });

  test("of the same request sent several times at once one is carried out", async () => {
    const { visitor } = await open();
    const headers = { "idempotency-key": "at-once" };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => visitor.ask("POST", "/api/runs", PROGRAM, headers)),
    );
    assert.ok(answers.every(({ status }) => status === 202 || status === 409));
    assert.equal((await visitor.json<RunPage>("GET", "/api/runs")).runs.length, 1);
  });

  test("a refused request is forgotten, so that its key works for what is sent next; what is no key is refused", async () => {
    const { visitor } = await open();
    const headers = { "idempotency-key": "refused" };
    const unknown = { ...PROGRAM, language: "pyhton" };
    assert.match(await refusal(await visitor.ask("POST", "/api/runs", unknown, headers)), /422/);
    assert.equal((await visitor.ask("POST", "/api/runs", PROGRAM, headers)).status, 202);
    for (const key of ["", "a b", "x".repeat(256)]) {
      const answer = await visitor.ask("POST", "/api/runs", PROGRAM, { "idempotency-key": key });
      assert.match(await refusal(answer), /400 invalid_request: `Idempotency-Key`/);
    }
  });

  test("what is left is said as the draft says it, and as its earlier versions did", async () => {
    const { routes, visitor } = await open();
    routes.sandbox.script = printing("x");
    const { headers } = await visitor.ask("POST", "/api/runs", PROGRAM);
    const left = headers.get("ratelimit-remaining");
    assert.equal(headers.get("ratelimit-policy"), '"daily-runs";q=100;w=86400');
    assert.match(headers.get("ratelimit") ?? "", new RegExp(`^"daily-runs";r=${left};t=\\d+$`));
    const asked = await visitor.ask("GET", "/api/usage");
    assert.match(asked.headers.get("ratelimit-policy") ?? "", /^"requests";q=\d+;w=60$/);
  });
}

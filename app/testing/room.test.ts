import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import type { UsageReport } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { aStoredRun } from "../../lib/store/contract/fixtures";
import { openEmbeddedStore } from "../../lib/store/embedded";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const PROGRAM = { language: "python", code: "print(1)" };
const MB = 1_048_576;

test("beyond what a plan keeps of a viewer the oldest run goes, and the usage says how much is kept and what went", async () => {
  const room = { storedBytes: 2 * MB, runsPerMinute: 1_000 };
  const routes = await openRoutes({ variables: { QUICKSAND_PLANS: JSON.stringify({ guest: room }) } });
  const visitor = new Visitor(routes);
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    routes.sandbox.script = printing("x".repeat(MB - 100_000));
    ids.push((await visitor.json<RunResult>("POST", "/api/editor/run", PROGRAM)).id);
  }
  // Room is made after the answer.
  const usage = () => visitor.json<UsageReport>("GET", "/api/usage");
  for (let tries = 0; tries < 1_000 && (await usage()).kept.removedRuns === 0; tries++);
  const { kept } = await usage();
  assert.deepEqual([kept.runs, kept.limitBytes, kept.removedRuns], [2, 2 * MB, 1]);
  assert.ok(kept.bytes > 1.8 * (MB - 100_000) && kept.bytes <= 2 * MB, `${kept.bytes} bytes`);
  assert.match(kept.removedAt ?? "", /^\d{4}-/);
  const answers = await Promise.all(ids.map((id) => visitor.ask("GET", `/api/runs/${id}`)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 200, 200],
  );
  await routes.services.close();
});

test("without room a run is 503 store_full with its remedy, health says so, and deleting makes room", async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-room-"));
  const store = openEmbeddedStore(dataDir, 40 * MB);
  const routes = await openRoutes({ store });
  const visitor = new Visitor(routes);
  const { id } = await visitor.json<RunResult>("POST", "/api/editor/run", PROGRAM);
  const owner = (await store.getRun(id))?.owner ?? "";
  const big = Array.from({ length: 4 }, () => {
    const run = aStoredRun({ owner });
    return { ...run, request: { ...run.request, stdin: "x".repeat(7 * MB) } };
  });
  await store.importRuns(big);

  const refused = await visitor.ask("POST", "/api/editor/run", PROGRAM);
  const { error } = (await refused.json()) as { error: { code: string; message: string } };
  assert.deepEqual(
    [refused.status, error.code, refused.headers.get("retry-after")],
    [503, "store_full", "60"],
  );
  assert.match(error.message, /Delete runs/);
  const health = await visitor.ask("GET", "/api/health");
  const said = (await health.json()) as { store: { ok: boolean; message: string } };
  assert.deepEqual([health.status, said.store.ok], [503, false]);
  assert.match(said.store.message, /MB of room left/);
  assert.equal((await visitor.ask("GET", `/api/runs/${id}`)).status, 200);

  for (const run of big) assert.equal((await visitor.ask("DELETE", `/api/runs/${run.id}`)).status, 200);
  for (let tries = 0; tries < 200 && !(await store.health()).ok; tries++) await new Promise(setImmediate);
  assert.equal((await visitor.ask("POST", "/api/editor/run", PROGRAM)).status, 200);
  const usage = await visitor.json<UsageReport>("GET", "/api/usage");
  assert.equal(usage.used, 2);
  await routes.services.close();
  rmSync(dataDir, { recursive: true });
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { outcome } from "../../lib/runs/testing/runs-fixture";
import type { RunDetail, RunPage, RunSummary } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openTestStore, overBothStores } from "./both-stores";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

await overBothStores(process.env, flow);

/** The life of a run as two people see it through the API alone. */
function flow(mongodbUri: string | undefined): void {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-flow-"));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  test("run, list, get, share, read as somebody else, take back, delete", async () => {
    const store = openTestStore(mongodbUri, dataDir);
    const routes = await openRoutes({ store });
    routes.sandbox.script = async function* () {
      yield { type: "stage", stage: "run" };
      const artifacts = [{ name: "plot.png", type: "image/png", bytes: Buffer.from("png") }];
      const output = { stdout: "4\n", stderr: "", exitCode: 0, signal: null, truncated: false };
      yield { type: "done", outcome: outcome({ output, artifacts }) };
    };
    const owner = new Visitor(routes);
    const other = new Visitor(routes);
    const program = { language: "python", code: "print(2+2)" };
    const result = await owner.json<RunResult>("POST", "/api/editor/run", program);
    const run = `/api/runs/${result.id}`;
    const addresses = [run, `/r/${result.id}/raw`, result.artifacts[0]?.url ?? ""];
    const seenBy = (visitor: Visitor) =>
      Promise.all(addresses.map(async (address) => (await visitor.ask("GET", address)).status));

    const { runs } = await owner.json<RunPage>("GET", "/api/runs?q=2%2B2&status=success&language=python");
    assert.deepEqual(
      runs.map(({ id }) => id),
      [result.id],
    );
    const detail = await owner.json<RunDetail>("GET", run);
    assert.deepEqual({ ...detail, ...result }, detail);
    assert.deepEqual(await seenBy(owner), [200, 200, 200]);
    assert.deepEqual(await seenBy(other), [404, 404, 404]);

    const shared = await owner.json<RunSummary>("PATCH", run, { visibility: "unlisted", title: "Sum" });
    assert.deepEqual([shared.visibility, shared.title], ["unlisted", "Sum"]);
    assert.deepEqual(await seenBy(other), [200, 200, 200]);
    assert.equal((await other.json<RunDetail>("GET", run)).title, "Sum");
    assert.equal((await other.ask("DELETE", run)).status, 404);
    await owner.json("PATCH", run, { visibility: "private" });
    assert.deepEqual(await seenBy(other), [404, 404, 404]);

    await owner.json("PATCH", run, { visibility: "public" });
    assert.deepEqual(await owner.json("DELETE", run), { deleted: true });
    assert.deepEqual(await seenBy(other), [404, 404, 404]);
    assert.deepEqual(await seenBy(owner), [404, 404, 404]);
    assert.deepEqual(await owner.json("GET", "/api/runs/export"), { runs: [] });
    assert.equal((await owner.json<{ used: number }>("GET", "/api/usage")).used, 1);
    await routes.services.close();
  });

  test("of runs that are asked for at once each is kept once, and a restart forgets none", async () => {
    const open = () =>
      openRoutes({
        store: openTestStore(mongodbUri, dataDir),
        variables: { NEXTAUTH_SECRET: "the same after the restart" },
      });
    const routes = await open();
    const owner = new Visitor(routes);
    await owner.ask("GET", "/api/usage"); // for the cookie
    const program = { language: "python", code: "print(1)" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => owner.json<RunResult>("POST", "/api/editor/run", program)),
    );
    await routes.services.close();

    const again = await open();
    const back = new Visitor(again);
    back.cookie = owner.cookie;
    back.address = owner.address;
    const { runs } = await back.json<RunPage>("GET", "/api/runs?limit=100");
    assert.deepEqual(runs.map(({ id }) => id).sort(), answers.map(({ id }) => id).sort());
    assert.equal((await back.json<{ used: number }>("GET", "/api/usage")).used, 20);
    await again.services.close();
  });
}

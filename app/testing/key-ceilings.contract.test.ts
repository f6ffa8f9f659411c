import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import type { ApiKeyView } from "../../lib/schemas/account";
import { errorBodySchema } from "../../lib/schemas/error";
import type { UsageReport } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openTestStore, overBothStores } from "./both-stores";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

await overBothStores(process.env, keyCeilings);

const PROGRAM = { language: "python", code: "print(1)" };

/** What an API key may use by itself, beside what its account may. */
function keyCeilings(mongodbUri: string | undefined): void {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-key-ceilings-"));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  async function open() {
    const plan = { requestsPerMinute: 50, runsPerDay: 20, runsPerMinute: 100_000 };
    const routes = await openRoutes({
      store: openTestStore(mongodbUri, dataDir),
      variables: { QUICKSAND_PLANS: JSON.stringify({ free: plan }) },
    });
    const session = new Visitor(routes);
    const user = await signedIn(routes, session);
    const byKey = async (ceilings: Parameters<typeof keyOf>[3] = {}) =>
      new Visitor(routes, (await keyOf(routes, user, ["run", "read"], ceilings)).headers);
    return { routes, session, byKey };
  }

  const run = (visitor: Visitor) => visitor.ask("POST", "/api/editor/run", PROGRAM);
  const usage = (visitor: Visitor) => visitor.ask("GET", "/api/usage");
  const refusal = async (answer: Response) => {
    assert.equal(answer.status, 429);
    return errorBodySchema.parse(await answer.json()).error;
  };

  test("a key has its own requests a minute, its answers tell of them, and the session and other keys go on", async () => {
    const { routes, session, byKey } = await open();
    const [key, other] = [await byKey({ requestsPerMinute: 2 }), await byKey()];
    const first = await usage(key);
    assert.equal(first.status, 200);
    assert.match(first.headers.get("ratelimit-policy") ?? "", /^"key-requests";q=2;w=60$/);
    assert.equal(first.headers.get("ratelimit-remaining"), "1");
    assert.equal((await usage(key)).status, 200);
    const refused = await usage(key);
    assert.equal(refused.headers.get("ratelimit-limit"), "2");
    const { code, message } = await refusal(refused);
    assert.equal(code, "rate_limited");
    assert.match(message, /more than 2 requests a minute, the ceiling of this API key; go on in \d+ s\./);
    const further = await usage(session);
    assert.equal(further.status, 200);
    assert.match(further.headers.get("ratelimit-policy") ?? "", /^"requests";q=50/);
    assert.equal(
      further.headers.get("ratelimit-remaining"),
      "47",
      "what was refused took nothing of the account's",
    );
    assert.equal((await usage(other)).status, 200);
    await routes.services.close();
  });

  test("where less is left of the account's minute than of the key's, its answers tell of that", async () => {
    const { routes, session, byKey } = await open();
    const key = await byKey({ requestsPerMinute: 50 });
    await usage(session);
    const answer = await usage(key);
    assert.match(answer.headers.get("ratelimit-policy") ?? "", /^"requests";q=50/);
    assert.equal(answer.headers.get("ratelimit-remaining"), "48");
    await routes.services.close();
  });

  test("a key has its own runs a day, is told so, and the session and other keys go on", async () => {
    const { routes, session, byKey } = await open();
    const [key, other] = [await byKey({ runsPerDay: 1 }), await byKey({ runsPerDay: 1 })];
    assert.equal((await run(key)).status, 200);
    const refused = await run(key);
    assert.equal(refused.headers.get("ratelimit-limit"), "1");
    const { code, message } = await refusal(refused);
    assert.equal(code, "quota_exceeded");
    assert.match(message, /^This API key may start 1 run a day, which is its own ceiling, and has today\./);
    assert.match(message, /Come back at 00:00 UTC.*make another one at \/settings#keys\.$/);
    assert.equal((await run(session)).status, 200);
    assert.equal((await run(other)).status, 200);
    assert.equal((await session.json<UsageReport>("GET", "/api/usage")).used, 3);
    await routes.services.close();
  });

  test("of many runs of a key at once no more are started than its day has", async () => {
    const { routes, session, byKey } = await open();
    const key = await byKey({ runsPerDay: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => run(key)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 3);
    assert.equal((await session.json<UsageReport>("GET", "/api/usage")).used, 3);
    await routes.services.close();
  });

  test("a fault of ours is given back to the key too", async () => {
    const { routes, byKey } = await open();
    const key = await byKey({ runsPerDay: 1 });
    routes.sandbox.script = async function* () {
      yield { type: "stage", stage: "run" };
      throw new Error("the engine broke");
    };
    const broken = await key.json<RunResult>("POST", "/api/editor/run", PROGRAM);
    assert.deepEqual([broken.status, broken.usage.used], ["system_error", 0]);
    routes.sandbox.script = printing("fine");
    assert.deepEqual([(await run(key)).status, (await run(key)).status], [200, 429]);
    await routes.services.close();
  });

  test("ceilings are chosen when a key is made, at most the plan's, and are listed with it", async () => {
    const { routes, session } = await open();
    const make = (body: object) => session.ask("POST", "/api/keys", { name: "mine", ...body });
    const above = await make({ requestsPerMinute: 51, runsPerDay: 21 });
    assert.equal(above.status, 400);
    const { code, message, details } = errorBodySchema.parse(await above.json()).error;
    assert.equal(code, "invalid_request");
    assert.equal(
      message,
      "`requestsPerMinute` is 51; the free plan has 50, so use at most that, or leave it out.",
    );
    assert.deepEqual(
      details?.map((detail) => detail.path),
      ["requestsPerMinute", "runsPerDay"],
    );
    for (const wrong of [0, -1, 1.5, "2"]) {
      assert.equal((await make({ runsPerDay: wrong })).status, 400, String(wrong));
    }
    assert.equal((await make({ requestsPerMinute: 50, runsPerDay: 20 })).status, 201);
    assert.equal((await make({ runsPerDay: 1 })).status, 201);
    assert.equal((await make({})).status, 201);
    const { keys } = await session.json<{ keys: ApiKeyView[] }>("GET", "/api/keys");
    assert.deepEqual(
      keys.map((key) => [key.requestsPerMinute, key.runsPerDay]).sort(),
      [
        [50, 20],
        [null, null],
        [null, 1],
      ].sort(),
    );
    await routes.services.close();
  });
}

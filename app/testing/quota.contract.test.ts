import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import type { UsageReport } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openTestStore, overBothStores } from "./both-stores";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { signedIn } from "./world";

await overBothStores(process.env, quota);

const PROGRAM = { language: "python", code: "print(1)" };
const LIMIT = 5;

function quota(mongodbUri: string | undefined): void {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-quota-"));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  async function open() {
    const small = { runsPerDay: LIMIT, runsPerMinute: 100_000, parallelRuns: 100 };
    return openRoutes({
      store: openTestStore(mongodbUri, dataDir),
      variables: { QUICKSAND_PLANS: JSON.stringify({ guest: small, free: small }) },
    });
  }

  /** Sends 50 requests at once for a viewer with one run left. */
  async function stampede(who: "a guest" | "a user") {
    const routes = await open();
    const visitor = new Visitor(routes);
    if (who === "a user") await signedIn(routes, visitor);
    for (let used = 1; used < LIMIT; used++) {
      const answer = await visitor.ask("POST", "/api/editor/run", PROGRAM);
      assert.equal(((await answer.json()) as RunResult).usage.used, used);
      const { "ratelimit-limit": limit, "ratelimit-remaining": left } = Object.fromEntries(answer.headers);
      assert.deepEqual([limit, left], [String(LIMIT), String(LIMIT - used)]);
    }
    const ran = routes.sandbox.specs.length;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => visitor.ask("POST", "/api/editor/run", PROGRAM)),
    );
    return { routes, visitor, answers, ran: routes.sandbox.specs.length - ran };
  }

  for (const who of ["a guest", "a user"] as const) {
    test(`of 50 requests of ${who} at quota - 1, exactly one runs`, async () => {
      const { routes, visitor, answers, ran } = await stampede(who);
      assert.deepEqual([count(answers, 200), count(answers, 429), ran], [1, 49, 1]);
      await saysWhenToComeBack(answers.find(({ status }) => status === 429));
      const { used, remaining } = await visitor.json<UsageReport>("GET", "/api/usage");
      assert.deepEqual([used, remaining], [LIMIT, 0]);
      await routes.services.close();
    });
  }

  test("neither a new cookie nor a forged header is a new guest; another address is", async () => {
    const routes = await open();
    const visitor = new Visitor(routes);
    for (let used = 0; used < LIMIT; used++) await visitor.json("POST", "/api/editor/run", PROGRAM);
    const forging = new Visitor(routes, { "x-forwarded-for": "203.0.113.7", forwarded: "for=203.0.113.7" });
    forging.address = visitor.address;
    assert.equal((await forging.ask("POST", "/api/editor/run", PROGRAM)).status, 429);
    assert.equal((await new Visitor(routes).ask("POST", "/api/editor/run", PROGRAM)).status, 200);
    await routes.services.close();
  });

  test("a network's ceiling holds over all accounts that are used there, and over those made there wherever they are used", async () => {
    const ceiling = { runsPerDayPerNetwork: 4, runsPerMinute: 100_000, parallelRuns: 100 };
    const routes = await openRoutes({
      store: openTestStore(mongodbUri, dataDir),
      variables: { QUICKSAND_PLANS: JSON.stringify({ free: { ...ceiling, runsPerDay: 3 } }) },
    });
    const school = new Visitor(routes).address;
    const pupil = async (address: string, madeAt: string) => {
      const visitor = new Visitor(routes);
      visitor.address = address;
      await signedIn(routes, visitor, { madeFrom: routes.services.pseudonyms.networkOf(madeAt) });
      return visitor;
    };
    const runOf = async (visitor: Visitor) => (await visitor.ask("POST", "/api/editor/run", PROGRAM)).status;
    for (let n = 0; n < 3; n++) assert.equal(await runOf(await pupil(school, school)), 200);
    const proxies = Array.from({ length: 2 }, () => new Visitor(routes).address);
    const statuses = [];
    for (const proxy of proxies) statuses.push(await runOf(await pupil(proxy, school)));
    assert.deepEqual(statuses, [200, 429]);
    const refused = await (await pupil(school, proxies[0] ?? "")).ask("POST", "/api/editor/run", PROGRAM);
    const { error } = (await refused.json()) as { error: { code: string; message: string } };
    assert.equal(error.code, "quota_exceeded");
    assert.match(error.message, /All 4 runs of today from your network are used.*all accounts/);
    assert.equal(await runOf(await pupil(new Visitor(routes).address, new Visitor(routes).address)), 200);
    await routes.services.close();
  });

  test("thirty accounts of one address run no more at once than the address may", async () => {
    const ceiling = { parallelRunsPerNetwork: 3, runsPerMinute: 100_000 };
    const routes = await openRoutes({
      store: openTestStore(mongodbUri, dataDir),
      variables: { QUICKSAND_PLANS: JSON.stringify({ free: ceiling }), QUICKSAND_CONCURRENCY: "64" },
    });
    let now = 0;
    let most = 0;
    routes.sandbox.script = async function* (spec, io) {
      now++;
      most = Math.max(most, now);
      try {
        await new Promise((resolve) => setTimeout(resolve, 20));
        yield* printing("ran")(spec, io);
      } finally {
        now--;
      }
    };
    const { address } = new Visitor(routes);
    const answers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const visitor = new Visitor(routes);
        visitor.address = address;
        await signedIn(routes, visitor);
        return visitor.ask("POST", "/api/editor/run", PROGRAM);
      }),
    );
    assert.deepEqual([count(answers, 200), most], [30, 3]);
    await routes.services.close();
  });

  test("a failing program counts, a fault of ours does not, and both are told", async () => {
    const routes = await open();
    const visitor = new Visitor(routes);
    routes.sandbox.script = async function* () {
      yield { type: "stage", stage: "run" };
      throw new Error("the engine broke");
    };
    const broken = await visitor.json<RunResult>("POST", "/api/editor/run", PROGRAM);
    assert.deepEqual([broken.status, broken.usage.used], ["system_error", 0]);
    routes.sandbox.script = printing("fine");
    assert.equal((await visitor.json<RunResult>("POST", "/api/editor/run", PROGRAM)).usage.used, 1);
    assert.equal((await visitor.ask("POST", "/api/editor/run", { language: "cobol" })).status, 400);
    assert.equal((await visitor.json<UsageReport>("GET", "/api/usage")).used, 1);
    await routes.services.close();
  });
}

function count(answers: readonly Response[], wanted: number): number {
  return answers.filter(({ status }) => status === wanted).length;
}

async function saysWhenToComeBack(refused: Response | undefined): Promise<void> {
  assert.ok(refused);
  const { error } = (await refused.json()) as { error: { code: string; message: string } };
  assert.equal(error.code, "quota_exceeded");
  assert.match(error.message, /Come back at 00:00 UTC, in .*T00:00:00Z/);
  const toMidnight = 86_400 - (Math.floor(Date.now() / 1_000) % 86_400);
  const retryAfterS = Number(refused.headers.get("retry-after"));
  assert.ok(Math.abs(retryAfterS - toMidnight) <= 5, `${retryAfterS} s against ${toMidnight} s`);
  assert.equal(refused.headers.get("ratelimit-remaining"), "0");
  assert.equal(refused.headers.get("ratelimit-reset"), refused.headers.get("retry-after"));
}

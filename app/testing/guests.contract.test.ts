import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import { errorBodySchema } from "../../lib/schemas/error";
import type { UsageReport } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openTestStore, overBothStores } from "./both-stores";
import { openRoutes, type Routes } from "./routes";
import { Visitor } from "./site";
import { signedIn } from "./world";

await overBothStores(process.env, guestsByBrowser);

const PROGRAM = { language: "python", code: "print(1)" };
const ROOMY = { runsPerDay: 1_000, runsPerMinute: 1_000, parallelRuns: 100, requestsPerMinute: 10_000 };

interface Setting {
  guest?: Record<string, number>;
  more?: Record<string, string>;
}

/** `QUICKSAND_GUESTS=browser`. */
function guestsByBrowser(mongodbUri: string | undefined): void {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-guests-"));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  async function school({ guest = {}, more = {} }: Setting = {}) {
    const plan = { ...ROOMY, ...guest };
    const routes = await openRoutes({
      store: openTestStore(mongodbUri, dataDir),
      variables: {
        QUICKSAND_GUESTS: "browser",
        QUICKSAND_PLANS: JSON.stringify({ guest: plan, free: plan }),
        ...more,
      },
    });
    const { address } = new Visitor(routes);
    /** A browser at the school; `known` brings the cookie that an earlier page gave it. */
    const browser = async ({ known = true } = {}) => {
      const visitor = new Visitor(routes);
      visitor.address = address;
      if (known) await visitor.json("GET", "/api/usage");
      return visitor;
    };
    return { routes, browser, address };
  }

  const run = (visitor: Visitor) => visitor.ask("POST", "/api/editor/run", PROGRAM);

  async function statuses(visitor: Visitor, count: number): Promise<number[]> {
    const seen: number[] = [];
    for (let n = 0; n < count; n++) seen.push((await run(visitor)).status);
    return seen;
  }

  async function refusal(visitor: Visitor): Promise<{ code: string; message: string; retryAfterS: number }> {
    const answer = await run(visitor);
    const { error } = errorBodySchema.parse(await answer.json());
    return { ...error, retryAfterS: Number(answer.headers.get("retry-after")) };
  }

  const anew = async (visitor: Visitor) => {
    visitor.cookie = "";
    return run(visitor);
  };

  test("the runs of a day are each browser's own, and are counted by its cookie", async () => {
    const { routes, browser } = await school({ guest: { runsPerDay: 2 } });
    const [anna, ben] = [await browser(), await browser()];
    assert.deepEqual(await statuses(anna, 3), [200, 200, 429]);
    const { code, message } = await refusal(anna);
    assert.equal(code, "quota_exceeded");
    assert.match(message, /All 2 runs of today on the guest plan are used.*sign up/);
    assert.deepEqual(await statuses(ben, 2), [200, 200]);
    const elsewhere = new Visitor(routes);
    elsewhere.cookie = anna.cookie;
    assert.equal((await run(elsewhere)).status, 429, "the browser at home is the browser at school");
    const { used, limit } = await (await browser()).json<UsageReport>("GET", "/api/usage");
    assert.deepEqual([used, limit], [0, 2]);
    await routes.services.close();
  });

  test("whoever drops the cookie, forges one or brings garbage has the one quota of the address", async () => {
    const { routes, browser } = await school({ guest: { runsPerDay: 3 } });
    const dropping = await browser({ known: false });
    assert.deepEqual(
      [await anew(dropping), await anew(dropping), await anew(dropping), await anew(dropping)].map(
        ({ status }) => status,
      ),
      [200, 200, 200, 429],
    );
    const good = (await browser()).cookie;
    const [id = "", signature = ""] = good.slice("qs_guest=".length).split(".");
    const forged = [
      `qs_guest=${id}.${signature.slice(0, -2)}AA`,
      `qs_guest=${"guest_".padEnd(28, "A")}.${signature}`,
      `qs_guest=${id}`,
      "qs_guest=x",
    ];
    for (const cookie of forged) {
      const forging = await browser({ known: false });
      forging.cookie = cookie;
      assert.equal((await run(forging)).status, 429, cookie);
    }
    assert.equal(
      (await run(await browser())).status,
      200,
      "a browser that keeps its cookie is not held by them",
    );
    await routes.services.close();
  });

  test("all browsers of an address together have its ceiling of the day, with words that say so", async () => {
    const { routes, browser } = await school({ guest: { runsPerDay: 2, runsPerDayPerNetwork: 5 } });
    const seen: number[] = [];
    for (let n = 0; n < 3; n++) seen.push(...(await statuses(await browser(), 2)));
    assert.deepEqual(seen, [200, 200, 200, 200, 200, 429]);
    const { code, message } = await refusal(await browser());
    assert.equal(code, "quota_exceeded");
    assert.match(message, /All 5 runs of today from your network are used.*all accounts and browsers/);
    assert.equal((await run(new Visitor(routes))).status, 200, "another network has its own");
    await routes.services.close();
  });

  test("all browsers of an address together have its ceiling of the minute, and lose none of their own by it", async () => {
    const { routes, browser } = await school({ guest: { runsPerMinute: 2, runsPerMinutePerNetwork: 3 } });
    const [anna, ben, carl] = [await browser(), await browser(), await browser()];
    assert.deepEqual(await statuses(anna, 2), [200, 200]);
    assert.match((await refusal(anna)).message, /more than 2 runs a minute; go on in/);
    assert.deepEqual(await statuses(ben, 1), [200]);
    const { code, message, retryAfterS } = await refusal(carl);
    assert.equal(code, "rate_limited");
    assert.match(message, /That was more than 3 runs a minute from your network; go on in \d+ s\./);
    assert.ok(retryAfterS >= 1 && retryAfterS <= 60);
    carl.address = new Visitor(routes).address;
    assert.deepEqual(await statuses(carl, 2), [200, 200]);
    await routes.services.close();
  });

  test("requests a minute are each browser's own too, under a ceiling of the address", async () => {
    const few = { requestsPerMinute: 4, requestsPerMinutePerNetwork: 6 };
    const { routes, browser } = await school({ guest: few });
    const usage = async (visitor: Visitor) => visitor.ask("GET", "/api/usage");
    const [anna, ben] = [await browser(), await browser()];
    const statusesOf = async (visitor: Visitor, count: number) => {
      const seen: number[] = [];
      for (let n = 0; n < count; n++) seen.push((await usage(visitor)).status);
      return seen;
    };
    assert.deepEqual(await statusesOf(anna, 5), [200, 200, 200, 200, 429]);
    assert.deepEqual(await statusesOf(ben, 3), [200, 200, 429]);
    const { error } = errorBodySchema.parse(await (await usage(ben)).json());
    assert.match(error.message, /That was more than 6 requests a minute from your network; go on in/);
    await routes.services.close();
  });

  test("cookies buy no more browsers than the address may have on a day; the others share one quota", async () => {
    const { routes, browser } = await school({ guest: { runsPerDay: 2, browsersPerDayPerNetwork: 3 } });
    const first = [await browser(), await browser(), await browser()];
    for (const visitor of first) assert.deepEqual(await statuses(visitor, 1), [200]);
    const minted = await Promise.all(Array.from({ length: 5 }, () => browser()));
    const seen: number[] = [];
    for (const visitor of minted) seen.push((await run(visitor)).status);
    assert.deepEqual(seen, [200, 200, 429, 429, 429]);
    for (const visitor of first) assert.deepEqual(await statuses(visitor, 1), [200]);
    await routes.services.close();
  });

  test("whoever drops the cookie, or makes account after account, stores no more programs than their address may", async () => {
    const { routes, browser } = await school({ guest: { programBytesPerDayPerNetwork: 1_500_000 } });
    const program = (bytes: number) => ({ language: "python", code: "x", stdin: "x".repeat(bytes) });
    const make = async (visitor: Visitor, bytes: number) =>
      visitor.ask("POST", "/api/programs", program(bytes));
    const dropping = await browser({ known: false });
    assert.equal((await make(dropping, 900_000)).status, 201);
    dropping.cookie = "";
    const refused = await make(dropping, 900_000);
    const { error } = errorBodySchema.parse(await refused.json());
    assert.deepEqual([refused.status, error.code], [429, "quota_exceeded"]);
    assert.match(error.message, /from your network/);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    const user = await browser({ known: false });
    await signedIn(routes, user);
    assert.equal((await make(user, 900_000)).status, 429, "an account is used in the same network");
    // What is refused takes nothing, and what grows counts as what is new.
    const small = await make(user, 200_000);
    assert.equal(small.status, 201);
    const { id } = (await small.json()) as { id: string };
    const grow = (bytes: number) => user.ask("PATCH", `/api/programs/${id}`, { stdin: "x".repeat(bytes) });
    assert.equal((await grow(900_000)).status, 429);
    assert.equal((await grow(100_000)).status, 200, "it may become smaller");
    assert.equal((await grow(300_000)).status, 200);
    const copy = await user.ask("POST", `/api/programs/${id}/duplicate`);
    assert.equal(copy.status, 429, "a copy is a program like any other");
    assert.equal((await make(new Visitor(routes), 900_000)).status, 201, "another network has its own");
    await routes.services.close();
  });

  test("two browsers of one address do not see each other's runs", async () => {
    const { routes, browser } = await school();
    const [anna, ben] = [await browser(), await browser()];
    const { id } = await anna.json<RunResult>("POST", "/api/editor/run", PROGRAM);
    assert.equal((await ben.ask("GET", `/api/runs/${id}`)).status, 404);
    assert.equal((await ben.ask("POST", `/api/runs/${id}/cancel`)).status, 404);
    assert.equal((await ben.ask("DELETE", `/api/runs/${id}`)).status, 404);
    assert.deepEqual((await ben.json<{ runs: unknown[] }>("GET", "/api/runs")).runs, []);
    assert.equal((await anna.ask("GET", `/api/runs/${id}`)).status, 200);
    await routes.services.close();
  });

  test("thirty browsers that press Run together are all served, each one at a time and no more than the address may", async () => {
    const { routes, browser } = await school({
      guest: { runsPerMinute: 20, parallelRuns: 1, parallelRunsPerNetwork: 4 },
      more: { QUICKSAND_CONCURRENCY: "64" },
    });
    const now = new Map<string, number>();
    let most = 0;
    routes.sandbox.script = async function* (spec, io) {
      const { code } = spec;
      now.set(code, (now.get(code) ?? 0) + 1);
      most = Math.max(
        most,
        [...now.values()].reduce((all, each) => all + each, 0),
      );
      assert.equal(now.get(code), 1, "a browser runs one at a time");
      try {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield* printing("ran")(spec, io);
      } finally {
        now.set(code, 0);
      }
    };
    const class30 = await Promise.all(Array.from({ length: 30 }, () => browser()));
    const answers = await Promise.all(
      class30.flatMap((visitor, n) =>
        Array.from({ length: 2 }, () =>
          visitor.ask("POST", "/api/editor/run", { language: "python", code: `print(${n})` }),
        ),
      ),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(most, 4);
    await routes.services.close();
  });

  test("one browser with twenty waiting runs is one of thirty in the queue, not twenty of forty-nine", async () => {
    const { routes, browser } = await school({
      guest: { parallelRuns: 1, runsPerMinute: 30 },
      more: { QUICKSAND_CONCURRENCY: "1" },
    });
    const order: string[] = [];
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    routes.sandbox.script = async function* (spec, io) {
      order.push(spec.code);
      if (order.length === 1) await opened;
      yield* printing("ran")(spec, io);
    };
    const ask = (visitor: Visitor, code: string) =>
      visitor.ask("POST", "/api/editor/run", { language: "python", code });
    const greedy = await browser();
    const others = await Promise.all(Array.from({ length: 29 }, () => browser()));
    const answers = Array.from({ length: 20 }, () => ask(greedy, "greedy"));
    await waiting(routes, 19);
    for (const [n, visitor] of others.entries()) {
      answers.push(ask(visitor, `pupil ${n}`));
      await waiting(routes, 20 + n);
    }
    open();
    for (const answer of await Promise.all(answers)) assert.equal(answer.status, 200);
    const lastPupil = order.findLastIndex((code) => code.startsWith("pupil"));
    const before = order.slice(0, lastPupil).filter((code) => code === "greedy").length;
    assert.equal(before, 2, "the one that ran, and one turn of the round");
    await routes.services.close();
  });

  test("many cookies are one reporter", async () => {
    const { routes, browser } = await school();
    const owner = new Visitor(routes);
    await signedIn(routes, owner);
    const { id } = await owner.json<RunResult>("POST", "/api/editor/run", PROGRAM);
    await owner.json("PATCH", `/api/runs/${id}`, { visibility: "unlisted" });
    const report = async () =>
      (await (await browser()).ask("POST", `/api/runs/${id}/report`, { reason: "spam", text: "" })).status;
    const [first, ...further] = [await report(), await report(), await report()];
    assert.ok(first !== undefined && first < 300, String(first));
    assert.deepEqual(further, [409, 409]);
    await routes.services.close();
  });

  test("what a browser has used is used after a restart too", async () => {
    const setting = { guest: { runsPerDay: 2 }, more: { NEXTAUTH_SECRET: "the secret of both processes" } };
    const { routes, browser, address } = await school(setting);
    const anna = await browser();
    assert.deepEqual(await statuses(anna, 2), [200, 200]);
    await routes.services.close();
    const { routes: later } = await school(setting);
    const again = new Visitor(later);
    again.address = address;
    again.cookie = anna.cookie;
    assert.deepEqual(await statuses(again, 1), [429]);
    const other = new Visitor(later);
    other.address = address;
    assert.deepEqual(await statuses(other, 1), [200]);
    await later.services.close();
  });
}

/** Waits until so many runs wait for a turn. */
async function waiting({ services }: Routes, count: number): Promise<void> {
  const end = performance.now() + 10_000;
  while ((await services.status.health()).queue.waiting < count) {
    assert.ok(performance.now() < end, `not ${count} waiting within 10 s`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool, type PoolOptions } from "./pool";

interface Thing {
  key: string;
  number: number;
}

/** A pool of plain objects that records what it creates and destroys. A creation takes `createMs`. */
function poolOf(options: Partial<PoolOptions<Thing>> & { createMs?: number } = {}) {
  const log = {
    made: [] as Thing[],
    ended: [] as Thing[],
    errors: [] as unknown[],
    creating: 0,
    mostCreating: 0,
  };
  let fail: Error | null = null;
  const pool = new Pool<Thing>({
    async create(key) {
      log.creating++;
      log.mostCreating = Math.max(log.mostCreating, log.creating);
      await sleep(options.createMs ?? 1);
      log.creating--;
      if (fail) throw fail;
      const thing = { key, number: log.made.length };
      log.made.push(thing);
      return thing;
    },
    async destroy(thing) {
      await sleep(1);
      log.ended.push(thing);
    },
    onError: (cause) => log.errors.push(cause),
    warm: 4,
    parallelCreates: 2,
    retryDelayMs: 20,
    quietMs: 10,
    patienceMs: 60,
    ...options,
  });
  pools.push(pool);
  return { pool, log, failWith: (error: Error | null) => (fail = error) };
}

const pools: Pool<Thing>[] = [];
after(() => Promise.all(pools.map((pool) => pool.close())));

/** Waits for what the pool does in the background; fails when it does not come. */
async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 3_000; waited += 5) {
    if (condition()) return;
    await sleep(5);
  }
  assert.fail(`never came: ${what}`);
}

describe("the pool", () => {
  it("hands out each thing once", async () => {
    const { pool } = poolOf();
    pool.keep("a", 2);
    const things = await Promise.all([1, 2, 3, 4, 5, 6].map(() => pool.acquire("a")));
    assert.equal(new Set(things).size, 6);
  });

  it("serves whoever waits longest, so that a kind that many ask for does not starve another", async () => {
    const { pool, log } = poolOf({ warm: 0, parallelCreates: 1, createMs: 5 });
    const many = Array.from({ length: 3 }, () => pool.acquire("often"));
    const other = pool.acquire("seldom");
    const later = Array.from({ length: 3 }, () => pool.acquire("often"));
    await Promise.all([...many, other, ...later]);
    assert.deepEqual(
      log.made.map(({ key }) => key),
      ["often", "often", "often", "seldom", "often", "often", "often"],
    );
  });

  it("has things ready before they are asked for, up to its budget", async () => {
    const { pool, log } = poolOf({ warm: 4 });
    pool.keep("a", 1);
    pool.keep("b", 1);
    await until(() => pool.idle === 4, "four idle things");
    await sleep(50);
    assert.equal(log.made.length, 4);
    assert.equal(
      log.made.filter(({ key }) => key === "a").length,
      2,
      "the budget is spread evenly when nobody asks",
    );
  });

  it("gives a waiting thing at once and makes another in its place", async () => {
    const { pool, log } = poolOf({ warm: 1, createMs: 30 });
    pool.keep("a", 1);
    await until(() => pool.idle === 1, "an idle thing");
    const [thing] = log.made;
    assert.equal(await pool.acquire("a"), thing);
    if (thing) pool.release(thing);
    await until(() => pool.idle === 1, "the next idle thing");
  });

  it("makes nothing and ends nothing while a burst runs", async () => {
    const { pool, log } = poolOf({ warm: 3, quietMs: 30, patienceMs: 1_000 });
    pool.keep("a", 3);
    await until(() => pool.idle === 3, "three idle things");
    const things = await Promise.all([pool.acquire("a"), pool.acquire("a"), pool.acquire("a")]);
    const [first] = things;
    if (first) pool.release(first);
    await sleep(100);
    assert.equal(log.made.length, 3);
    assert.equal(log.ended.length, 0);
    for (const thing of things.slice(1)) pool.release(thing);
    await until(() => log.ended.length === 3 && pool.idle === 3, "the refill and the end of what was used");
  });

  it("does not wait for ever for a use that goes on", async () => {
    const { pool } = poolOf({ warm: 1, patienceMs: 50 });
    pool.keep("a", 1);
    await pool.acquire("a");
    await until(() => pool.idle === 1, "a thing made while another is in use");
  });

  it("does not pile up used things under a steady load", async () => {
    const { pool, log } = poolOf({ warm: 4, quietMs: 10_000, patienceMs: 10_000 });
    for (let use = 0; use < 20; use++) pool.release(await pool.acquire("a"));
    await until(() => log.ended.length >= 18, "the end of all but the newest");
  });

  it("makes no more at the same time than it may", async () => {
    const { pool, log } = poolOf({ warm: 0, parallelCreates: 2, createMs: 10 });
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => pool.acquire("a")));
    assert.equal(log.mostCreating, 2);
  });

  it("moves its budget to what is asked for", async () => {
    const { pool, log } = poolOf({ warm: 4 });
    pool.keep("a", 1);
    await until(() => pool.idle === 4, "four idle things of a kind nobody asks for");
    for (let use = 0; use < 10; use++) pool.release(await pool.acquire("b"));
    await until(() => log.ended.filter(({ key }) => key === "a").length === 3, "room for three of b");
    await until(() => pool.idle === 4, "four idle things again");
    const started = await Promise.all([1, 2, 3].map(() => pool.acquire("b")));
    assert.equal(pool.idle, 1, "three of the four had been made for b");
    for (const thing of started) pool.release(thing);
  });

  it("makes a kind ready on a hint, before anybody asks", async () => {
    const { pool, log } = poolOf({ warm: 4 });
    pool.keep("a", 1);
    await until(() => pool.idle === 4, "four idle things");
    pool.hint("b");
    await until(() => log.made.some(({ key }) => key === "b"), "one for the hint");
    await until(() => pool.idle === 4, "the budget full, and not more");
  });

  it("gives way when its budget is cut, and comes back when it is raised", async () => {
    const { pool } = poolOf({ warm: 4 });
    pool.keep("a", 1);
    await until(() => pool.idle === 4, "four idle things");
    pool.resize(1);
    assert.equal(pool.idle, 1);
    await sleep(60);
    assert.equal(pool.idle, 1);
    pool.resize(4);
    await until(() => pool.idle === 4, "four idle things again");
  });

  it("replaces a waiting thing that died", async () => {
    const { pool, log } = poolOf({ warm: 1 });
    pool.keep("a", 1);
    await until(() => pool.idle === 1, "an idle thing");
    const [dead] = log.made;
    if (dead) pool.discard("a", dead);
    assert.equal(pool.idle, 0);
    await until(() => pool.idle === 1, "its replacement");
    assert.notEqual(await pool.acquire("a"), dead);
    assert.deepEqual(log.ended, [dead]);
  });

  it("tells whoever asked why a thing cannot be made, and goes on when it can again", async () => {
    const { pool, failWith } = poolOf();
    failWith(new Error("the engine is away"));
    await assert.rejects(pool.acquire("a"), /the engine is away/);
    failWith(null);
    assert.equal((await pool.acquire("a")).key, "a");
  });

  it("tries again after a failure in advance, without hurry", async () => {
    const { pool, log, failWith } = poolOf({ warm: 1, retryDelayMs: 40 });
    failWith(new Error("the engine is away"));
    pool.keep("a", 1);
    const since = performance.now();
    await until(() => log.errors.length >= 2, "a second failure");
    assert.ok(performance.now() - since >= 40, "the first was not followed at once");
    failWith(null);
    await until(() => pool.idle === 1, "an idle thing");
  });

  it("leaves nothing behind when it is closed, whatever it was doing", async () => {
    const { pool, log } = poolOf({ warm: 2, createMs: 20 });
    pool.keep("a", 2);
    const used = await pool.acquire("a");
    const waiting = pool.acquire("a").then(
      (thing) => pool.release(thing),
      () => {},
    );
    const closing = pool.close();
    pool.release(used);
    await Promise.all([closing, waiting]);
    await until(() => log.ended.length === log.made.length, "the end of all that was made");
    await assert.rejects(pool.acquire("a"), /closed/);
  });
});

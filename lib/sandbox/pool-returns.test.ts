import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "./pool";

/** A pool of numbers that come back. A creation takes `createMs`. */
function poolOf({ warm = 4, createMs = 1 } = {}) {
  const log = { made: 0, ended: [] as number[] };
  const pool = new Pool<number>({
    async create() {
      await sleep(createMs);
      return log.made++;
    },
    async destroy(item) {
      log.ended.push(item);
    },
    onError: assert.fail,
    ...{ warm, parallelCreates: 4, retryDelayMs: 20, quietMs: 10, patienceMs: 60, returns: true },
  });
  pools.push(pool);
  return { pool, log };
}

const pools: Pool<number>[] = [];
after(() => Promise.all(pools.map((pool) => pool.close())));

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 3_000; waited += 5) {
    if (condition()) return;
    await sleep(5);
  }
  assert.fail(`never came: ${what}`);
}

describe("a pool whose items come back", () => {
  it("hands an item out again, and makes no other meanwhile", async () => {
    const { pool, log } = poolOf({ warm: 1 });
    for (let use = 0; use < 20; use++) pool.giveBack(await pool.acquire("a"));
    assert.equal(log.made, 1);
  });

  it("gives what comes back to whoever waits longest, before anything is made for them", async () => {
    const { pool, log } = poolOf({ warm: 0 });
    const item = await pool.acquire("a");
    pool.returning(item);
    const waiting = pool.acquire("a");
    await sleep(30);
    assert.equal(log.made, 1, "nothing is made for one who waits for what comes back");
    pool.giveBack(item);
    assert.equal(await waiting, item);
  });

  it("makes nothing for a moment while what is in use may come back, and then does", async () => {
    const { pool, log } = poolOf({ warm: 0 });
    const first = await pool.acquire("a");
    const second = pool.acquire("a");
    await sleep(20);
    assert.equal(log.made, 1);
    assert.notEqual(await second, first);
    assert.equal(log.made, 2);
    const third = pool.acquire("a");
    pool.giveBack(first);
    assert.equal(await third, first);
    assert.equal(log.made, 2);
  });

  it("makes another for one who waited when what was to come back does not", async () => {
    const { pool, log } = poolOf({ warm: 0 });
    const item = await pool.acquire("a");
    pool.returning(item);
    const waiting = pool.acquire("a");
    pool.release(item);
    assert.notEqual(await waiting, item);
    assert.equal(log.made, 2);
  });

  it("counts what is in use as stock", async () => {
    const { pool, log } = poolOf({ warm: 3 });
    pool.keep("a", 3);
    await until(() => pool.idle === 3, "three idle items");
    const items = [await pool.acquire("a"), await pool.acquire("a")];
    await sleep(150);
    assert.equal(log.made, 3);
    for (const item of items) pool.giveBack(item);
    assert.equal(pool.idle, 3);
  });

  it("keeps what was in use at once for the next burst, hands out what rested longest, and ends it when none comes", async (context) => {
    const { pool, log } = poolOf({ warm: 2 });
    const items = await Promise.all(Array.from({ length: 6 }, () => pool.acquire("a")));
    for (const item of items) pool.giveBack(item);
    assert.equal(await pool.acquire("a"), items[0]);
    pool.giveBack(items[0] ?? 0);
    await sleep(150);
    assert.equal(pool.idle, 6);
    const now = performance.now();
    context.mock.method(performance, "now", () => now + 20 * 60_000);
    pool.resize(2);
    await until(() => pool.idle === 0, "the end of what nobody has asked for");
    assert.equal(log.ended.length, 6);
  });

  it("keeps nothing warm that it was told to forget", async () => {
    const { pool, log } = poolOf({ warm: 2 });
    pool.keep("a", 2);
    await until(() => pool.idle === 2, "two idle items");
    pool.forget();
    await until(() => pool.idle === 0, "the end of what nobody expects");
    assert.equal(log.made, 2);
  });

  it("ends what comes back after it was closed", async () => {
    const { pool, log } = poolOf();
    const item = await pool.acquire("a");
    await pool.close();
    pool.giveBack(item);
    await until(() => log.ended.includes(item), "its end");
  });
});

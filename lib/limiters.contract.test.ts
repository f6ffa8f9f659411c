import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Limiter, type MakeLimiter, memoryLimiter, sharedLimiter } from "./limiters";
import { createLog } from "./log";
import { type OpenedRedisQueue, openRedisQueue } from "./queue/bullmq";
import { RedisServer } from "./queue/testing/redis-server";

const SECRET = "a secret of sixteen";
let server: RedisServer;
const opened: OpenedRedisQueue[] = [];

/** The limiters of another process. */
async function openShared(): Promise<MakeLimiter> {
  const redis = await openRedisQueue({ url: server.url, limit: 1, log: createLog("silent") });
  opened.push(redis);
  return sharedLimiter({ connection: redis.counts, secret: SECRET });
}

before(async () => {
  server = await RedisServer.start();
});
after(async () => {
  for (const redis of opened) await redis.close();
  await server.close();
});

function limitersContract(name: string, open: () => Promise<MakeLimiter>): void {
  describe(`the contract of limiters, ${name}`, () => {
    let limiter: Limiter;
    let made = 0;
    before(async () => {
      const make = await open();
      limiter = make({ points: 3, duration: 60, keyPrefix: `contract ${++made}` });
    });

    test("so many are let through, the next is told when to come back, others are not held", async () => {
      for (const left of [2, 1, 0]) assert.equal((await limiter.consume("a")).remainingPoints, left);
      const refusal = await limiter.consume("a").catch((refused: unknown) => refused);
      assert.ok(!(refusal instanceof Error));
      const { msBeforeNext } = refusal as { msBeforeNext: number };
      assert.ok(msBeforeNext > 0 && msBeforeNext <= 60_000, String(msBeforeNext));
      assert.equal((await limiter.consume("b")).remainingPoints, 2);
    });

    test("what is given back can be taken again", async () => {
      await limiter.consume("c", 3);
      await limiter.reward("c");
      await limiter.consume("c");
      await assert.rejects(limiter.consume("c"));
    });

    test("who is blocked waits for that long, and is forgotten when that is taken back", async () => {
      await limiter.block("d", 600);
      const blocked = await limiter.get("d");
      assert.ok((blocked?.msBeforeNext ?? 0) > 590_000);
      await assert.rejects(limiter.consume("d"));
      await limiter.delete("d");
      assert.equal(await limiter.get("d"), null);
      await limiter.consume("d");
    });
  });
}

limitersContract("in memory", async () => memoryLimiter);
limitersContract("in Redis", openShared);

test("a lock-out at one process is one at the other, and keys say nobody's name", async () => {
  const options = { points: 5, duration: 60, keyPrefix: "passwords" };
  const [one, other] = [(await openShared())(options), (await openShared())(options)];
  await one.block("ada@example.org", 600);
  await assert.rejects(other.consume("ada@example.org"));
  await other.penalty("bob@example.org", 2);
  assert.equal((await one.get("bob@example.org"))?.consumedPoints, 2);
  await one.delete("ada@example.org");
  await other.consume("ada@example.org");
});

test("while Redis is away each process counts for itself, and goes on with it when it is back", async () => {
  const limiter = (await openShared())({ points: 2, duration: 600, keyPrefix: "away" });
  await limiter.consume("x");
  await server.kill();
  await limiter.consume("x");
  await limiter.consume("x");
  await assert.rejects(limiter.consume("x"), (refused) => !(refused instanceof Error));
  await server.begin();
  const end = performance.now() + 20_000;
  // Its own count has nothing left; Redis began anew.
  while (!(await limiter.consume("x").catch(() => null))) {
    assert.ok(performance.now() < end, "not counted in Redis again");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

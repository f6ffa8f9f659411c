import assert from "node:assert/strict";
import { test } from "node:test";
import { createAttempts } from "./auth/attempts";
import { type KeptCount, Limiters } from "./limiters";
import { createLog } from "./log";
import { createRates } from "./rates";

const SECRET = "a secret of sixteen";
const log = createLog("silent");

/** What a store keeps of counts, and whether it can be reached. */
class Keeper {
  readonly kept = new Map<string, KeptCount>();
  away = false;

  async loadCounts(): Promise<KeptCount[]> {
    if (this.away) throw new Error("away");
    return [...this.kept.values()];
  }

  async saveCounts(counts: readonly KeptCount[]): Promise<void> {
    if (this.away) throw new Error("away");
    for (const count of counts) this.kept.set(count.key, count);
  }
}

async function started(keeper: Keeper) {
  const limiters = new Limiters({ keeper, secret: SECRET, log });
  await limiters.begin();
  return { limiters, rates: createRates(limiters.make), attempts: createAttempts(limiters.make) };
}

test("what was taken of a minute before a restart is taken after it, and what was given back is not", async () => {
  const keeper = new Keeper();
  const before = await started(keeper);
  for (let n = 0; n < 4; n++) await before.rates.take("runs", "somebody", 5);
  await before.rates.giveBack("runs", "somebody", 5);
  await before.limiters.close();
  const after = await started(keeper);
  assert.equal((await after.rates.take("runs", "somebody", 5)).remaining, 1);
  assert.equal((await after.rates.take("runs", "another", 5)).remaining, 4);
  assert.ok((await after.rates.take("runs", "somebody", 5)).resetS <= 60);
  assert.equal((await after.rates.take("runs", "somebody", 5)).allowed, false);
  await after.limiters.close();
});

test("who has to wait before a restart has to wait after it", async () => {
  const keeper = new Keeper();
  const [options, key] = [
    { points: 1, duration: 900, keyPrefix: "own-waits" },
    "ada@example.org 203.0.113.7",
  ];
  const before = await started(keeper);
  await before.limiters.make(options).block(key, 600);
  const signUp = (of: typeof before) => of.attempts.signUp("203.0.113.7");
  const refused = { code: "rate_limited" };
  await assert.rejects(async () => {
    for (let n = 0; n < 1_000; n++) await signUp(before);
  }, refused);
  await before.limiters.close();
  const after = await started(keeper);
  const wait = await after.limiters.make(options).get(key);
  assert.ok(wait && wait.consumedPoints > 1 && wait.msBeforeNext > 60_000 && wait.msBeforeNext <= 600_000);
  await assert.rejects(signUp(after), refused);
  await after.limiters.close();
});

test("nothing that is kept names an address or an e-mail address", async () => {
  const keeper = new Keeper();
  const { limiters, rates } = await started(keeper);
  const limiter = limiters.make({ points: 3, duration: 60, keyPrefix: "sign-in" });
  await limiter.consume("ada@example.org 203.0.113.7");
  await rates.take("requests", "203.0.113.7", 5);
  await limiters.close();
  assert.equal(keeper.kept.size, 2);
  assert.doesNotMatch(JSON.stringify([...keeper.kept]), /ada|203\.0/);
});

test("while the store is away counting goes on in memory, and is written when it is back", async () => {
  const keeper = new Keeper();
  keeper.away = true;
  const before = await started(keeper);
  for (let n = 0; n < 5; n++) await before.rates.take("runs", "somebody", 5);
  assert.equal((await before.rates.take("runs", "somebody", 5)).allowed, false);
  keeper.away = false;
  await before.limiters.close();
  const after = await started(keeper);
  assert.equal((await after.rates.take("runs", "somebody", 5)).allowed, false);
  await after.limiters.close();
});

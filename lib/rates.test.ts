import assert from "node:assert/strict";
import { test } from "node:test";
import { type Budget, createRates, takeEach } from "./rates";

const OWN: Budget = { name: "runs", key: "browser", perMinute: 5, what: "runs a minute" };
const CEILING: Budget = {
  ...{ name: "network runs", key: "school", perMinute: 2 },
  what: "runs a minute from your network",
};

test("what is left is said of the limit that has least", async () => {
  const rates = createRates();
  const { limit, remaining } = await takeEach(rates, [OWN, CEILING]);
  assert.deepEqual([limit, remaining], [2, 1]);
  assert.equal((await takeEach(rates, [OWN])).remaining, 3);
});

test("a refusal by one limit takes nothing out of the others", async () => {
  const rates = createRates();
  for (let taken = 0; taken < 2; taken++) await takeEach(rates, [OWN, CEILING]);
  for (let refused = 0; refused < 10; refused++) {
    await assert.rejects(takeEach(rates, [OWN, CEILING]), /more than 2 runs a minute from your network/);
  }
  assert.equal((await rates.take(OWN.name, OWN.key, OWN.perMinute)).remaining, 2);
});

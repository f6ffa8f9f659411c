import assert from "node:assert/strict";
import { test } from "node:test";
import { onDemand } from "./on-demand";

test("a part is loaded once, however many ask for it", async () => {
  let loads = 0;
  const part = onDemand(async () => ++loads);
  assert.equal(loads, 0);
  assert.deepEqual(await Promise.all([part(), part()]), [1, 1]);
  assert.equal(await part(), 1);
});

test("a part that could not be loaded is loaded again for the next who asks", async () => {
  let offline = true;
  const part = onDemand(async () => {
    if (offline) throw new Error("no network");
    return "there";
  });
  await assert.rejects(part(), /no network/);
  offline = false;
  assert.equal(await part(), "there");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { PLANS } from "../../lib/plans";
import { accountBenefits } from "./account-benefits";

test("what an account brings is told in the plans' own numbers", () => {
  assert.deepEqual(accountBenefits(PLANS.guest, PLANS.free), [
    "1,000 runs a day instead of 100",
    "Runs are kept 90 days instead of 7",
    "256 MB of memory for each run instead of 128 MB",
    "API keys for programs of your own",
  ]);
});

test("nothing is promised that a guest has too", () => {
  assert.deepEqual(accountBenefits(PLANS.free, PLANS.free), []);
  assert.deepEqual(accountBenefits(PLANS.pro, PLANS.free), []);
  const forGood = accountBenefits(PLANS.guest, { ...PLANS.guest, retentionDays: null });
  assert.deepEqual(forGood, ["Runs are kept for good instead of 7 days"]);
});

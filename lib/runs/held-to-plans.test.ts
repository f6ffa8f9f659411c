import assert from "node:assert/strict";
import { test } from "node:test";
import { limitsOf } from "../languages";
import { PLANS } from "../plans";
import { aJob } from "../queue/testing/queue-fixture";
import { heldTo } from "./held-to-plans";

const plan = PLANS.guest;
const C = { limits: { compile: { memoryBytes: 1_073_741_824 } } };
const limits = limitsOf(plan.limits, C, "batch");
const room = {
  owner: "viewer",
  plan: "guest" as const,
  ownerBytes: plan.storedBytes,
  planBytes: plan.storedBytesInAll,
};

test("a job within the plans is passed on as it is, also with limits that its request lowered", () => {
  const lowered = { ...limits, run: { ...limits.run, timeoutMs: 1 } };
  const job = aJob({ limits: lowered, sandboxLimits: limits, room });
  assert.equal(heldTo(PLANS, job, C), job);
});

test("a job that asks for more than the plans allow gets what they allow, and leaves what is stored its room", () => {
  const greedy = {
    ...limits,
    compile: { ...limits.compile, memoryBytes: 2 ** 40 },
    run: { memoryBytes: 2 ** 40, cpus: 64, timeoutMs: 2 ** 30 },
    processes: 100_000,
  };
  const job = aJob({ limits: greedy, sandboxLimits: greedy, room: { ...room, ownerBytes: 0, planBytes: 0 } });
  assert.deepEqual(heldTo(PLANS, job, C), { ...job, limits, sandboxLimits: limits, room });
});

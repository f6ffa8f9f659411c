import assert from "node:assert/strict";
import { test } from "node:test";
import { PLANS } from "../plans";
import { limitsOf } from "./limits";

const { limits: plan } = PLANS.guest;

test("a run that nobody types into is held to the plan's limits by the wall clock", () => {
  assert.deepEqual(limitsOf(plan, {}, "batch"), { ...plan, attended: null });
});

test("a run that is typed into has the time that its plan gives a person", () => {
  assert.deepEqual(limitsOf(plan, {}, "interactive"), plan);
  assert.deepEqual(limitsOf(plan, {}, "terminal"), plan);
});

test("a language's compiler has what its language says it needs, and the plan's for the rest", () => {
  const limits = limitsOf(plan, { limits: { compile: { memoryBytes: 805_306_368 } } }, "batch");
  assert.deepEqual(limits.compile, { ...plan.compile, memoryBytes: 805_306_368 });
  assert.deepEqual(limits.run, plan.run);
});

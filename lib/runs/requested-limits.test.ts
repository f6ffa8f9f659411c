import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, limitsOf } from "../languages";
import { PLANS } from "../plans";
import { lowered, sandboxLimits } from "./requested-limits";

const MB = 1_048_576;
const [python] = LANGUAGES;
assert.ok(python);
const planned = limitsOf(PLANS.guest.limits, python, "batch");
const typed = limitsOf(PLANS.guest.limits, python, "interactive");

test("without a wish the plan's limits are applied as they are", () => {
  assert.equal(lowered(planned, undefined), planned);
  assert.deepEqual(lowered(planned, {}), planned);
});

test("a request lowers limits, and never raises one", () => {
  const low = lowered(planned, { timeoutMs: 500, memoryBytes: 64 * MB, outputBytes: 10 });
  assert.deepEqual(
    [low.run.timeoutMs, low.run.memoryBytes, low.outputBytes, low.compile],
    [500, 64 * MB, 10, planned.compile],
  );
  const high = {
    timeoutMs: 99_999,
    memoryBytes: 999 * MB,
    outputBytes: 99 * MB,
    compile: { timeoutMs: 99_999 },
  };
  assert.deepEqual(lowered(planned, high), planned);
});

test("memory counts in whole steps, of which there is at least what an interpreter starts in", () => {
  assert.equal(lowered(planned, { memoryBytes: 65 * MB }).run.memoryBytes, 64 * MB);
  assert.equal(lowered(planned, { memoryBytes: 16 * MB + 1 }).run.memoryBytes, 16 * MB);
});

test("processor time is a limit of its own, of each stage", () => {
  assert.deepEqual(lowered(planned, { cpuMs: 200 }).processor, { compileMs: null, runMs: 200 });
  assert.deepEqual(lowered(planned, { compile: { cpuMs: 9 } }).processor, { compileMs: 9, runMs: null });
});

test("of a run that is typed into, processor time is the program's limit and time the person's", () => {
  const low = lowered(typed, { timeoutMs: 60_000, cpuMs: 200 });
  assert.deepEqual(low.attended, { totalMs: 60_000, idleMs: 60_000 });
  assert.deepEqual([low.run.timeoutMs, low.processor], [200, undefined]);
});

test("a sandbox is made for the memory of its run, and is the same whatever else is asked", () => {
  const timed = lowered(planned, { timeoutMs: 5, cpuMs: 5, outputBytes: 5 });
  assert.equal(sandboxLimits(planned, timed), planned);
  const small = sandboxLimits(planned, lowered(planned, { memoryBytes: 32 * MB, timeoutMs: 5 }));
  assert.deepEqual(small, { ...planned, run: { ...planned.run, memoryBytes: 32 * MB } });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { request } from "../runs/testing/runs-fixture";
import type { RunResult } from "../schemas/run";
import { createMemoryStore } from "./memory";

const createdAt = new Date("2026-11-22T10:00:00Z");

function result(id: string, stdout = ""): RunResult {
  return {
    id,
    language: "python",
    status: "success",
    output: { stdout, stderr: "", exitCode: 0, signal: null, truncated: false },
    compile: null,
    durationMs: 1,
    cpuMs: 1,
    memoryUsed: 1,
    queuedMs: 0,
    artifacts: [],
    tests: [],
    usage: { plan: "guest", used: 1, limit: 100, remaining: 99, resetsAt: "2026-11-23T00:00:00Z" },
    message: null,
    createdAt: createdAt.toISOString(),
  };
}

test("a run is there from its creation, and ends once", async () => {
  const store = createMemoryStore();
  assert.equal(await store.getRun("a"), null);
  await store.createRun({ id: "a", owner: "o", request: request(), createdAt });
  assert.equal((await store.getRun("a"))?.result, null);
  assert.equal(await store.finishRun("a", result("a", "x")), true);
  assert.equal(await store.finishRun("a", result("a", "y")), false);
  assert.equal((await store.getRun("a"))?.result?.output.stdout, "x");
  assert.equal(await store.finishRun("b", result("b")), false);
});

test("runs are counted by owner and day, and never below 0", async () => {
  const store = createMemoryStore();
  assert.equal(await store.countRun("o", "2026-11-22", 1), 1);
  assert.equal(await store.countRun("o", "2026-11-22", 1), 2);
  assert.equal(await store.countRun("p", "2026-11-22", 1), 1);
  assert.equal(await store.countRun("o", "2026-11-22", -1), 1);
  assert.equal(await store.countRun("p", "2026-11-22", -1), 0);
  assert.equal(await store.countRun("p", "2026-11-22", -1), 0);
  assert.equal(await store.countRun("o", "2026-11-23", 1), 1);
  assert.equal(await store.countRun("o", "2026-11-22", -1), 0);
  assert.equal(await store.countRun("o", "2026-11-23", 1), 2);
});

test("the oldest ended runs go when there are too many or they are too large; running ones stay", async () => {
  const store = createMemoryStore({ maxRuns: 3, maxChars: 1_000 });
  for (const id of ["a", "b", "c"]) await store.createRun({ id, owner: "o", request: request(), createdAt });
  await store.finishRun("b", result("b"));
  await store.finishRun("c", result("c"));
  await store.createRun({ id: "d", owner: "o", request: request(), createdAt });
  assert.equal(await store.getRun("b"), null);
  assert.ok(await store.getRun("a"));
  await store.finishRun("d", result("d", "x".repeat(990)));
  assert.equal(await store.getRun("c"), null);
  assert.ok(await store.getRun("a"));
});

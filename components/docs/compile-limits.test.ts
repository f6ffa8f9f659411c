import assert from "node:assert/strict";
import { test } from "node:test";
import { unusualCompileLimits, usualCompileLimits } from "./compile-limits";

const run = { memoryBytes: 128, cpus: 0.5, timeoutMs: 10_000 };
const attended = { totalMs: 600_000, idleMs: 180_000 };
const compiledWith = (memoryBytes: number, timeoutMs = 30_000) => ({
  limits: { run, attended, compile: { memoryBytes, cpus: 2, timeoutMs } },
});
const script = { limits: { run, attended, compile: null } };

test("the usual limits are those of most compilers, wherever in the list they stand", () => {
  const languages = [script, compiledWith(1024), compiledWith(512), script, script, compiledWith(512)];
  assert.deepEqual(usualCompileLimits(languages), compiledWith(512).limits.compile);
});

test("only a compiler that differs, in whatever way, says what it is held to", () => {
  const usual = compiledWith(512).limits.compile;
  assert.equal(unusualCompileLimits(compiledWith(512), usual), null);
  for (const other of [compiledWith(1024), compiledWith(512, 60_000)])
    assert.deepEqual(unusualCompileLimits(other, usual), other.limits.compile);
});

test("where nothing is compiled there is nothing to say", () => {
  assert.equal(usualCompileLimits([script]), null);
  assert.equal(usualCompileLimits([]), null);
  assert.equal(unusualCompileLimits(script, null), null);
});

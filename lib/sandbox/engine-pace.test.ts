import assert from "node:assert/strict";
import { test } from "node:test";
import { EnginePace } from "./engine-pace";

/** A pace with a clock that only the test moves. */
function paceAt(): { pace: EnginePace; wait(ms: number): void } {
  let now = 0;
  return {
    pace: new EnginePace(() => now),
    wait(ms) {
      now += ms;
    },
  };
}

test("an engine that is not known, or that answers fast, is given the usual time", () => {
  const { pace } = paceAt();
  assert.deepEqual([pace.timeoutMs("ping"), pace.timeoutMs("kill")], [1_500, 5_000]);
  for (let answer = 0; answer < 10; answer++) {
    pace.took("ping", 3);
    pace.took("kill", 60);
  }
  assert.deepEqual([pace.timeoutMs("ping"), pace.timeoutMs("kill")], [1_500, 5_000]);
});

test("a call may take three times what the slowest of its kind lately took", () => {
  const { pace } = paceAt();
  pace.took("kill", 3_300);
  assert.equal(pace.timeoutMs("kill"), 9_900);
});

test("slow calls of one kind give those of all others as much time", () => {
  const { pace } = paceAt();
  pace.took("make", 4_000);
  assert.deepEqual(
    [pace.timeoutMs("ping"), pace.timeoutMs("stats"), pace.timeoutMs("kill")],
    [4_000, 4_000, 5_000],
  );
});

test("an answer after its time-out counts as the time-out, so that the time grows step by step to its longest", () => {
  const { pace } = paceAt();
  const given: number[] = [];
  for (let answer = 0; answer < 4; answer++) {
    pace.took("ping", 60_000);
    given.push(pace.timeoutMs("ping"));
  }
  assert.deepEqual(given, [4_500, 13_500, 15_000, 15_000]);
});

test("an engine that is fast again soon has the usual time again, and one that is not asked has it after a while", () => {
  const { pace, wait } = paceAt();
  pace.took("ping", 60_000);
  for (let answer = 0; answer < 3; answer++) pace.took("ping", 3);
  assert.equal(pace.timeoutMs("ping"), 1_500);
  pace.took("make", 20_000);
  wait(600_000);
  assert.equal(pace.timeoutMs("make"), 20_000);
  assert.equal(pace.timeoutMs("ping"), 1_500);
});

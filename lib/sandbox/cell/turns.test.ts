import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Turns } from "./turns";

/** Turns on two processors, which are over when they are told to be. */
function turns() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const state = { inUse: 0 };
  const all = new Turns({ inUse: () => state.inUse, processors: () => 2 });
  const add = (name: string, { key = "python", urgent = false } = {}) => {
    const take = () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    };
    all.add(key, take, { urgent });
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await sleep(0);
  };
  return { all, add, end, begun, state };
}

test("a turn begins at once while a processor is free, and no more at once than there are", async () => {
  const { add, end, begun } = turns();
  add("a");
  add("b");
  add("c");
  assert.deepEqual(begun, ["a", "b"]);
  await end("b");
  assert.deepEqual(begun, ["a", "b", "c"]);
});

test("while others run on every processor a turn waits until one of them is over", () => {
  const { all, add, begun, state } = turns();
  state.inUse = 3;
  add("a");
  state.inUse = 2;
  add("b");
  assert.deepEqual(begun, []);
  state.inUse = 1;
  all.consider();
  assert.deepEqual(begun, ["a"]);
  state.inUse = 0;
  all.consider();
  assert.deepEqual(begun, ["a", "b"]);
});

test("whoever waits for a cell gets the one of its key that has waited longest, at once", () => {
  const { all, add, begun, state } = turns();
  state.inUse = 8;
  add("a", { key: "bash" });
  add("b");
  add("c");
  all.hurry("python");
  assert.deepEqual(begun, ["b"]);
  all.hurry("c");
  assert.deepEqual(begun, ["b"]);
  add("d", { urgent: true });
  assert.deepEqual(begun, ["b", "d"]);
});

test("however long others run, a turn does not wait for them to end", async () => {
  const { add, begun, state } = turns();
  state.inUse = 2;
  add("a");
  while (begun.length === 0) await sleep(10);
  assert.deepEqual(begun, ["a"]);
});

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { isFull, type QueueBench } from "../testing/queue-bench";
import { eventually } from "../testing/queue-fixture";

/** Whose turn it is, and who gets the last places. */
export function fairnessContract(
  bench: (t: TestContext, options?: { limit?: number }) => Promise<QueueBench>,
): void {
  test("turns go round the accounts, first in first out within one", async (t) => {
    const queue = await bench(t);
    await queue.work(1);
    const running = await queue.add({ account: "x" });
    const names = ["a1", "a2", "a3", "a4", "b1", "b2", "c1"];
    for (const day of names) await queue.add({ account: day.slice(0, 1), day });
    (await queue.given(running)).end();
    for (let i = 1; i <= names.length; i++) {
      await eventually(`turn ${i}`, () => queue.handled.length > i);
      queue.handled[i]?.end();
    }
    await queue.settles(0, 0);
    assert.deepEqual(
      queue.handled.slice(1).map(({ job }) => job.day),
      ["a1", "b1", "c1", "a2", "b2", "a3", "a4"],
    );
  });

  test("a group of many accounts has the turns of one, which go round its accounts", async (t) => {
    const queue = await bench(t);
    await queue.work(1);
    const running = await queue.add({ account: "x" });
    const school = { group: "school" };
    for (const day of ["a1", "a2", "a3"]) await queue.add({ ...school, account: "a", day });
    for (const day of ["b1", "c1", "d1"]) await queue.add({ ...school, account: day.slice(0, 1), day });
    for (const day of ["other 1", "other 2", "other 3"]) await queue.add({ account: "other", day });
    const first = await queue.add({ account: "late", day: "late" });
    assert.equal((await queue.positions(first)).at(-1), 3, "behind one of each group, not behind all");
    (await queue.given(running)).end();
    for (let i = 1; i <= 10; i++) {
      await eventually(`turn ${i}`, () => queue.handled.length > i);
      queue.handled[i]?.end();
    }
    await queue.settles(0, 0);
    assert.deepEqual(
      queue.handled.slice(1).map(({ job }) => job.day),
      ["a1", "other 1", "late", "b1", "other 2", "c1", "other 3", "d1", "a2", "a3"],
    );
  });

  test("a network holds no more turns than it may, over all of its accounts, and those of others pass it", async (t) => {
    const queue = await bench(t);
    await queue.work(10);
    const networks = [{ key: "school", parallel: 2 }];
    const first = await queue.add({ account: "a", networks });
    await queue.add({ account: "b", networks });
    const third = await queue.add({ account: "c", networks: [...networks, { key: "home", parallel: 5 }] });
    const other = await queue.add({ account: "d", networks: [{ key: "home", parallel: 5 }] });
    await queue.given(other);
    await queue.settles(3, 1);
    (await queue.given(first)).end();
    await queue.given(third);
    await queue.settles(3, 0);
  });

  test("an account holds no more turns than it may, and those of others pass it", async (t) => {
    const queue = await bench(t);
    await queue.work(3);
    const first = await queue.add({ account: "a", parallel: 1 });
    const second = await queue.add({ account: "a", parallel: 1 });
    const other = await queue.add({ account: "b", parallel: 1 });
    await queue.given(other);
    await queue.settles(2, 1);
    (await queue.given(first)).end();
    await queue.given(second);
    await queue.settles(2, 0);
  });

  test("one account cannot take all places: the last quarter is for accounts that have none", async (t) => {
    const queue = await bench(t, { limit: 8 });
    await queue.work(1);
    await queue.add({ account: "greedy" });
    for (let i = 0; i < 6; i++) await queue.add({ account: "greedy" });
    await assert.rejects(queue.add({ account: "greedy" }), isFull);
    await queue.add({ account: "a" });
    await queue.add({ account: "b" });
    await assert.rejects(queue.add({ account: "c" }), isFull);
  });

  test("one account of a group cannot take all places of the group, nor the group those of others", async (t) => {
    const queue = await bench(t, { limit: 8 });
    await queue.work(1);
    const school = { group: "school" };
    await queue.add({ ...school, account: "greedy" });
    for (let i = 0; i < 4; i++) await queue.add({ ...school, account: "greedy" });
    await assert.rejects(queue.add({ ...school, account: "greedy" }), isFull);
    await queue.add({ ...school, account: "a" });
    await queue.add({ ...school, account: "b" });
    await assert.rejects(queue.add({ ...school, account: "c" }), isFull);
    await queue.add({ account: "d" });
    await queue.add({ account: "e" });
    await assert.rejects(queue.add({ account: "f" }), isFull);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { aKeptRun, type ContractDatabase, createdRun, newOwner } from "./fixtures";

const DAY = "2026-11-23";

/** Counting runs, and figures of days. */
export function quotaContract(database: () => ContractDatabase): void {
  test("two hundred at once are counted as two hundred", async () => {
    const { store } = database();
    const owner = newOwner();
    const counts = await Promise.all(Array.from({ length: 200 }, () => store.countRun(owner, DAY, 1)));
    assert.deepEqual(
      counts.sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, n) => n + 1),
    );
    assert.equal(await store.countRun(owner, DAY, -1), 199);
    assert.equal(await store.countRun(owner, "2026-11-24", 1), 1);
    assert.equal(await store.countRun(newOwner(), DAY, 1), 1);
  });

  test("a counter does not fall below nothing", async () => {
    const { store } = database();
    const owner = newOwner();
    assert.equal(await store.countRun(owner, DAY, -1), 0);
    assert.equal(await store.countRun(owner, DAY, 1), 1);
    assert.equal(await store.countRun(owner, DAY, -1), 0);
    assert.equal(await store.countRun(owner, DAY, -1), 0);
  });

  test("of fifty at once at the limit less one exactly one passes", async () => {
    const { store } = database();
    const owner = newOwner();
    for (let n = 0; n < 9; n++) assert.equal((await store.chargeRun(owner, DAY, 10)).used, n + 1);
    const answers = await Promise.all(Array.from({ length: 50 }, () => store.chargeRun(owner, DAY, 10)));
    assert.equal(answers.filter((answer) => answer.accepted).length, 1);
    assert.ok(answers.every((answer) => answer.used === 10));
    assert.equal(await store.countRun(owner, DAY, -1), 9);
    assert.deepEqual(await store.chargeRun(owner, DAY, 10), { accepted: true, used: 10 });
    assert.deepEqual(await store.chargeRun(owner, DAY, 10), { accepted: false, used: 10 });
  });

  test("of fifty at once on a new day as many pass as the limit says", async () => {
    const { store } = database();
    const owner = newOwner();
    const answers = await Promise.all(Array.from({ length: 50 }, () => store.chargeRun(owner, DAY, 7)));
    assert.deepEqual(
      answers
        .filter((answer) => answer.accepted)
        .map((answer) => answer.used)
        .sort(),
      [1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(await store.chargeRun(newOwner(), DAY, 0), { accepted: false, used: 0 });
  });

  test("usage is given by day, of one owner", async () => {
    const { store } = database();
    const owner = newOwner();
    for (const day of ["2026-10-31", "2026-11-02", "2026-11-01", "2026-11-02", "2026-12-01"]) {
      await store.countRun(owner, day, 1);
    }
    await store.countRun(owner, "2026-11-03", 1);
    await store.countRun(owner, "2026-11-03", -1);
    assert.deepEqual(await store.usage(owner, "2026-11-01", "2026-11-30"), [
      { day: "2026-11-01", runs: 1 },
      { day: "2026-11-02", runs: 2 },
    ]);
  });

  test("activity has runs and durations of each UTC day", async () => {
    const { store } = database();
    const owner = newOwner();
    const at = (time: string, status: "success" | "error", durationMs: number) => {
      const run = aKeptRun({ owner, createdAt: new Date(time), status });
      return { ...run, result: run.result && { ...run.result, status, durationMs } };
    };
    await store.importRuns([
      at("2026-11-20T23:59:59.999Z", "success", 10),
      at("2026-11-21T00:00:00.000Z", "success", 20),
      at("2026-11-21T12:00:00.000Z", "error", 40),
      at("2026-11-23T00:00:00.000Z", "success", 1),
    ]);
    await createdRun(store, { owner, createdAt: new Date("2026-11-21T13:00:00Z") });
    await createdRun(store, { createdAt: new Date("2026-11-21T13:00:00Z") });
    const span = [new Date("2026-11-20T00:00:00Z"), new Date("2026-11-23T00:00:00Z")] as const;
    assert.deepEqual(await store.activity(owner, ...span), [
      { day: "2026-11-20", runs: 1, succeeded: 1, averageMs: 10, slowestMs: 10 },
      { day: "2026-11-21", runs: 3, succeeded: 1, averageMs: 30, slowestMs: 40 },
    ]);
    const later = [new Date("2026-11-21T12:30:00Z"), new Date("2026-11-24T00:00:00Z")] as const;
    assert.deepEqual(await store.activity(owner, ...later), [
      { day: "2026-11-21", runs: 1, succeeded: 0, averageMs: 0, slowestMs: 0 },
      { day: "2026-11-23", runs: 1, succeeded: 1, averageMs: 1, slowestMs: 1 },
    ]);
  });
}

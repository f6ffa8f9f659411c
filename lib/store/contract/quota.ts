import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import type { Store } from "../index";
import {
  accept,
  aResult,
  aRun,
  aStoredRun,
  type ContractDatabase,
  createdRun,
  finishedRun,
  listedIds,
  newId,
  newOwner,
} from "./fixtures";

const DAY = "2026-11-23";
const NOON = new Date(`${DAY}T12:00:00Z`);

/** Accepts many runs of one owner at once. */
function acceptAtOnce(store: Store, runs: number, owner: string, limit: number) {
  return Promise.all(
    Array.from({ length: runs }, () => accept(store, aRun({ owner, createdAt: NOON }), { limit })),
  );
}

/** Charging runs, and figures of days and hours. */
export function quotaContract(database: () => ContractDatabase): void {
  test("two hundred at once are counted as two hundred", async () => {
    const { store } = database();
    const owner = newOwner();
    const answers = await acceptAtOnce(store, 200, owner, 1000);
    assert.deepEqual(
      answers.map((answer) => answer.used).sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, n) => n + 1),
    );
    assert.equal(await store.refundRun(owner, DAY), 199);
    assert.equal((await listedIds(store, owner)).length, 200);
    const tomorrow = aRun({ owner, createdAt: new Date("2026-11-24T00:00:00Z") });
    assert.deepEqual(await accept(store, tomorrow), { accepted: true, used: 1 });
    assert.deepEqual(await accept(store, aRun({ createdAt: NOON })), { accepted: true, used: 1 });
  });

  test("of fifty at once at the limit less one exactly one passes, and the others leave nothing", async () => {
    const { store } = database();
    const owner = newOwner();
    assert.equal((await acceptAtOnce(store, 9, owner, 10)).filter(({ accepted }) => accepted).length, 9);
    const answers = await acceptAtOnce(store, 50, owner, 10);
    assert.equal(answers.filter(({ accepted }) => accepted).length, 1);
    assert.ok(answers.every(({ used }) => used === 10));
    assert.equal((await listedIds(store, owner)).length, 10);
    assert.deepEqual(await store.usage(owner, DAY, DAY), [{ day: DAY, runs: 10 }]);
    assert.equal(await store.refundRun(owner, DAY), 9);
    assert.deepEqual(await acceptAtOnce(store, 1, owner, 10), [{ accepted: true, used: 10 }]);
    assert.deepEqual(await acceptAtOnce(store, 1, owner, 10), [{ accepted: false, used: 10 }]);
  });

  test("of fifty at once on a new day as many pass as the limit says", async () => {
    const { store } = database();
    const owner = newOwner();
    const passed = (await acceptAtOnce(store, 50, owner, 7)).filter(({ accepted }) => accepted);
    assert.deepEqual(passed.map(({ used }) => used).sort(), [1, 2, 3, 4, 5, 6, 7]);
    assert.equal((await listedIds(store, owner)).length, 7);
    assert.deepEqual(await acceptAtOnce(store, 1, newOwner(), 0), [{ accepted: false, used: 0 }]);
  });

  test("guests of one address share its quota, and a refused run is nowhere", async () => {
    const { store } = database();
    const address = newOwner("address");
    const runs = [aRun({ createdAt: NOON }), aRun({ createdAt: NOON }), aRun({ createdAt: NOON })];
    const charge = { account: address, limit: 2 };
    assert.deepEqual(
      [
        await accept(store, runs[0] ?? aRun(), charge),
        await accept(store, runs[1] ?? aRun(), charge),
        await accept(store, runs[2] ?? aRun(), charge),
      ],
      [
        { accepted: true, used: 1 },
        { accepted: true, used: 2 },
        { accepted: false, used: 2 },
      ],
    );
    assert.equal(await store.getRun(runs[2]?.id ?? ""), null);
    assert.deepEqual(await store.usage(runs[0]?.owner ?? "", DAY, DAY), []);
    assert.deepEqual(await store.usage(address, DAY, DAY), [{ day: DAY, runs: 2 }]);
  });

  test("a run whose id is taken is charged to nobody", async () => {
    const { store } = database();
    const taken = await createdRun(store, { createdAt: NOON });
    const owner = newOwner();
    await acceptAtOnce(store, 1, owner, 10);
    const again = Array.from({ length: 5 }, () =>
      assert.rejects(
        accept(store, aRun({ id: taken.id, owner, createdAt: NOON })),
        (error) => error instanceof AppError && error.code === "conflict",
      ),
    );
    await Promise.all(again);
    assert.deepEqual(await store.usage(owner, DAY, DAY), [{ day: DAY, runs: 1 }]);
  });

  test("what is given back does not fall below nothing", async () => {
    const { store } = database();
    const owner = newOwner();
    assert.equal(await store.refundRun(owner, DAY), 0);
    await acceptAtOnce(store, 1, owner, 10);
    assert.equal(await store.refundRun(owner, DAY), 0);
    assert.equal(await store.refundRun(owner, DAY), 0);
    assert.deepEqual(await acceptAtOnce(store, 1, owner, 10), [{ accepted: true, used: 1 }]);
  });

  test("a run that is not counted is given back with its end, once, to its account and its ceilings", async () => {
    const { store } = database();
    const [account, network] = [newOwner(), newOwner("network")];
    const usedOf = async (of: string) => (await store.usage(of, DAY, DAY))[0]?.runs ?? 0;
    const [ended, deleted] = [aRun({ createdAt: NOON }), aRun({ createdAt: NOON })];
    const ceilings = [{ account: network, limit: 9 }];
    for (const run of [ended, deleted, aRun({ createdAt: NOON })]) {
      await accept(store, run, { account, limit: 9, ceilings });
    }
    const fault = aResult(ended, { status: "system_error" });
    const answers = await Promise.all(
      [1, 2, 3].map(() => store.finishRun(ended.id, fault, { refund: true })),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    assert.deepEqual([await usedOf(account), await usedOf(network)], [2, 2]);
    await store.deleteRun(deleted.id, deleted.owner);
    assert.equal(await store.finishRun(deleted.id, aResult(deleted), { refund: true }), false);
    assert.deepEqual([await usedOf(account), await usedOf(network)], [2, 2]);
  });

  test("usage is given by day, of one account", async () => {
    const { store } = database();
    const account = newOwner();
    const charge = (day: string) => accept(store, aRun({ id: newId() }), { account, day });
    for (const day of ["2026-10-31", "2026-11-02", "2026-11-01", "2026-11-02", "2026-12-01", "2026-11-03"]) {
      await charge(day);
    }
    await store.refundRun(account, "2026-11-03");
    assert.deepEqual(await store.usage(account, "2026-11-01", "2026-11-30"), [
      { day: "2026-11-01", runs: 1 },
      { day: "2026-11-02", runs: 2 },
    ]);
  });

  test("a run counts for its account and for every ceiling of it, or for none of them", async () => {
    const { store } = database();
    const [network, other] = [newOwner("network"), newOwner("network")];
    const charge = (account: string, limit = 10) => {
      const ceilings = [
        { account: other, limit: 100 },
        { account: network, limit: 5 },
      ];
      return accept(store, aRun({ createdAt: NOON }), { account, limit, ceilings });
    };
    const usedOf = async (account: string) => (await store.usage(account, DAY, DAY))[0]?.runs ?? 0;
    const first = newOwner();
    for (let n = 1; n <= 4; n++) assert.deepEqual(await charge(first), { accepted: true, used: n });
    assert.deepEqual(await charge(first, 4), { accepted: false, used: 4 });
    assert.deepEqual([await usedOf(network), await usedOf(other)], [4, 4]);

    const many = Array.from({ length: 20 }, () => newOwner());
    const answers = await Promise.all(many.map((account) => charge(account)));
    assert.equal(answers.filter(({ accepted }) => accepted).length, 1);
    const refused = answers.filter(({ accepted }) => !accepted);
    assert.deepEqual(
      refused,
      Array.from({ length: 19 }, () => ({
        accepted: false,
        used: 0,
        ceiling: { account: network, limit: 5 },
      })),
    );
    assert.deepEqual([await usedOf(network), await usedOf(other)], [5, 5]);
    assert.equal(
      (await Promise.all(many.map(usedOf))).reduce((sum, used) => sum + used),
      1,
    );

    assert.equal(await store.refundRun(first, DAY, [network, other]), 3);
    assert.deepEqual([await usedOf(network), await usedOf(other)], [4, 4]);
  });

  test("hours have everybody's runs, to the millisecond, and at most seven days of them", async () => {
    const { store } = database();
    const at = (time: string, status: "success" | "system_error" = "success") =>
      finishedRun(store, { createdAt: new Date(time) }, { status });
    await at("2019-05-01T09:59:59.999Z");
    await at("2019-05-01T10:00:00.000Z", "system_error");
    await at("2019-05-01T10:59:59.999Z");
    await createdRun(store, { createdAt: new Date("2019-05-01T10:30:00Z") });
    await at("2019-05-01T13:00:00.000Z", "system_error");
    await at("2019-05-08T11:00:00.000Z");
    const hours = (from: string, to: string) => store.runsByHour(new Date(from), new Date(to));
    assert.deepEqual(await hours("2019-05-01T10:00:00Z", "2019-05-01T13:00:00.001Z"), [
      { hour: "2019-05-01T10", runs: 3, failed: 1 },
      { hour: "2019-05-01T13", runs: 1, failed: 1 },
    ]);
    assert.deepEqual(await hours("2019-05-01T10:30:00Z", "2019-05-01T13:00:00Z"), [
      { hour: "2019-05-01T10", runs: 2, failed: 0 },
    ]);
    assert.deepEqual((await hours("2019-05-01T11:00:00Z", "2019-06-01T00:00:00Z")).length, 1);
    assert.deepEqual(await hours("2019-05-02T00:00:00Z", "2019-05-01T00:00:00Z"), []);
  });

  test("activity has runs and durations of each UTC day", async () => {
    const { store } = database();
    const owner = newOwner();
    const at = (time: string, status: "success" | "error", durationMs: number) => {
      const run = aStoredRun({ owner, createdAt: new Date(time), status });
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

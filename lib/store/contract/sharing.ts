import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aRequest,
  type ContractDatabase,
  collect,
  createdRun,
  finishedRun,
  listedIds,
  newOwner,
} from "./fixtures";

/** Who may see and change what. */
export function sharingContract(database: () => ContractDatabase): void {
  test("a private run is its owner's alone; shared ones are anybody's who has the id", async () => {
    const { store } = database();
    const run = await finishedRun(store);
    const seen = async () =>
      Promise.all(
        [run.owner, newOwner("other"), null].map(async (who) => (await store.findRun(run.id, who)) !== null),
      );
    assert.deepEqual(await seen(), [true, false, false]);
    await store.updateRun(run.id, run.owner, { visibility: "unlisted" });
    assert.deepEqual(await seen(), [true, true, true]);
    await store.updateRun(run.id, run.owner, { visibility: "public" });
    assert.deepEqual(await seen(), [true, true, true]);
    await store.updateRun(run.id, run.owner, { visibility: "private" });
    assert.deepEqual(await seen(), [true, false, false]);
  });

  test("nobody sees the quota of a shared run's owner", async () => {
    const { store } = database();
    const run = await finishedRun(store, { visibility: "public" });
    const found = await store.findRun(run.id, null);
    assert.ok(found?.result);
    assert.equal("usage" in found.result, false);
  });

  for (const visibility of ["private", "unlisted", "public"] as const) {
    test(`another owner neither lists nor changes nor deletes a ${visibility} run, and is told what absence is told`, async () => {
      const { store } = database();
      const run = await finishedRun(store, { visibility, request: aRequest({ code: "secret" }) });
      const before = await store.findRun(run.id, run.owner);
      const other = newOwner("other");
      const theirs = await finishedRun(store, { owner: other });

      assert.equal(
        await store.updateRun(run.id, other, { title: "mine", visibility: "public", pinned: true }),
        null,
      );
      assert.equal(await store.deleteRun(run.id, other), false);
      assert.deepEqual(await listedIds(store, other), [theirs.id]);
      assert.deepEqual(await listedIds(store, other, { q: "secret" }), []);
      assert.deepEqual(
        (await collect(store.exportRuns(other))).map((kept) => kept.id),
        [theirs.id],
      );
      const day = run.createdAt.toISOString().slice(0, 10);
      const [from, to] = [
        new Date(run.createdAt.getTime() - 1000),
        new Date(run.createdAt.getTime() + 60_000),
      ];
      assert.equal((await store.activity(other, from, to))[0]?.runs, 1);
      assert.deepEqual(await store.usage(other, day, day), [{ day, runs: 1 }]);
      assert.equal(await store.adoptRuns(other, newOwner(), null), 1);
      assert.equal(await store.deleteRuns(other), 0);
      assert.deepEqual(await store.findRun(run.id, run.owner), before);
    });
  }

  test("another's cursor shows nothing of the other", async () => {
    const { store } = database();
    const owner = newOwner();
    for (let n = 0; n < 3; n++) await createdRun(store, { owner });
    const { nextCursor } = await store.listRuns(owner, { limit: 1 });
    assert.ok(nextCursor);
    assert.deepEqual(await store.listRuns(newOwner("other"), { cursor: nextCursor }), {
      runs: [],
      nextCursor: null,
    });
  });
}

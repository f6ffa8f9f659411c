import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "../spans";
import {
  accept,
  aRequest,
  aResult,
  aRun,
  aStoredRun,
  aTest,
  type ContractDatabase,
  collect,
  createdRun,
  everyPage,
  finishedRun,
  listedIds,
  newOwner,
} from "./fixtures";

/** Rows: a store does such work in steps, of which the largest is 200 (`BATCH_ROWS` of each). */
const MORE_THAN_A_BATCH = 250;

/** Expiry, guests who sign in, and processes that die. */
export function upkeepContract(database: () => ContractDatabase): void {
  test("what has expired is pruned with its parts, to the millisecond; what never expires stays", async () => {
    const { store } = database();
    const owner = newOwner();
    const expiresAt = new Date("2001-01-01T00:00:00.000Z");
    const expired = aStoredRun({ owner, expiresAt });
    const later = aStoredRun({ owner, expiresAt: new Date(expiresAt.getTime() + 1), createdAt: new Date(2) });
    const never = aStoredRun({ owner, expiresAt: null, createdAt: new Date(1) });
    await store.importRuns([expired, later, never]);
    assert.equal(await store.prune(expiresAt), 1);
    assert.equal(await store.prune(expiresAt), 0);
    assert.equal(await store.findRun(expired.id, owner), null);
    assert.deepEqual(await listedIds(store, owner), [later.id, never.id]);
  });

  test("many are pruned in one call", async () => {
    const { store } = database();
    const owner = newOwner();
    const expiresAt = new Date("2002-01-01T00:00:00.000Z");
    await store.importRuns(Array.from({ length: MORE_THAN_A_BATCH }, () => aStoredRun({ owner, expiresAt })));
    assert.ok((await store.prune(expiresAt)) >= MORE_THAN_A_BATCH);
    assert.deepEqual(await listedIds(store, owner), []);
  });

  test("a guest's runs and usage follow into the account, and are kept as the account's plan says", async () => {
    const { store } = database();
    const [guest, user] = [newOwner("guest"), newOwner("user")];
    const week = new Date(Date.now() + 7 * 86_400_000);
    const day = "1970-01-01";
    const runs = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        finishedRun(store, { owner: guest, expiresAt: week, createdAt: new Date(n) }),
      ),
    );
    const running = await createdRun(store, { owner: guest, createdAt: new Date(5) });
    const own = await finishedRun(store, { owner: user, createdAt: new Date(6), visibility: "unlisted" });
    assert.equal(await store.adoptRuns(guest, user, 90 * 86_400_000), 6);
    assert.deepEqual(await listedIds(store, guest), []);
    const all = await collect(store.exportRuns(user));
    assert.deepEqual(
      all.map((run) => run.id),
      [own.id, running.id, ...runs.map((run) => run.id).reverse()],
    );
    assert.equal(all.at(-1)?.expiresAt?.getTime(), 90 * 86_400_000);
    assert.equal(all[0]?.expiresAt, null);
    assert.deepEqual(await store.usage(user, day, day), [{ day, runs: 7 }]);
    assert.deepEqual(await store.usage(guest, day, day), []);
    assert.equal(await store.finishRun(running.id, aResult(running)), true);
    assert.equal(await store.findRun(running.id, guest), null);
    assert.equal(await store.adoptRuns(guest, user, null), 0);
  });

  test("a change of plan sets how long an owner's runs are kept, many of them too", async () => {
    const { store } = database();
    const owner = newOwner();
    await store.importRuns(
      Array.from({ length: MORE_THAN_A_BATCH }, (_, n) =>
        aStoredRun({ owner, createdAt: new Date(1000 + n) }),
      ),
    );
    const own = await createdRun(store, { owner });
    const day = dayOf(own.createdAt);
    const everyRun = async () => (await everyPage(store, owner, { limit: 100 })).flatMap((page) => page.runs);
    assert.equal(await store.adoptRuns(owner, owner, 5000), MORE_THAN_A_BATCH + 1);
    for (const run of await everyRun()) {
      assert.equal(run.expiresAt?.getTime(), run.createdAt.getTime() + 5000);
    }
    assert.equal(await store.adoptRuns(owner, owner, null), MORE_THAN_A_BATCH + 1);
    for (const run of await everyRun()) assert.equal(run.expiresAt, null);
    assert.deepEqual(await store.usage(owner, day, day), [{ day, runs: 1 }]);
  });

  test("a store does not close what it runs itself", async () => {
    const { store } = database();
    const run = await createdRun(store);
    await store.closeInterrupted();
    assert.equal(await store.finishRun(run.id, aResult(run)), true);
  });

  test("runs that are named as lost are closed and given back, each once; ended and unknown ones are left", async () => {
    const { store } = database();
    const owner = newOwner();
    const lost = await createdRun(store, { owner });
    const ended = await finishedRun(store, { owner });
    const day = dayOf(lost.createdAt);
    const ids = [lost.id, ended.id, "never-there-was-one-0"];
    const closed = await Promise.all([store.closeRuns(ids), store.closeRuns(ids)]);
    assert.equal(closed[0] + closed[1], 1);
    assert.equal(await store.closeRuns(ids), 0);
    // No run of this test was accepted for a shared queue.
    assert.deepEqual(await collect(store.queuedRuns()), []);
    const closedRun = await store.findRun(lost.id, owner);
    assert.equal(closedRun?.status, "system_error");
    // A run that waited when Redis lost it has not run, so nothing stopped while it did.
    assert.match(
      closedRun.result?.message ?? "",
      /^The queue lost this run before it began, .*not counted; run it again\.$/,
    );
    assert.equal((await store.findRun(ended.id, owner))?.status, "success");
    assert.equal(await store.finishRun(lost.id, aResult(lost)), false);
    assert.deepEqual(await store.usage(owner, day, day), [{ day, runs: 1 }]);
  });

  test("a run with tests whose process is gone has each of them skipped", async () => {
    const { store } = database();
    const test = aTest();
    const run = await createdRun(store, { request: aRequest({ tests: [test, test] }) });
    const reopened = await database().reopen();
    await reopened.closeInterrupted();
    const skipped = { status: "skipped", actual: "", durationMs: 0 };
    const closed = await reopened.findRun(run.id, run.owner);
    assert.deepEqual([closed?.status, closed?.result?.tests], ["system_error", [skipped, skipped]]);
    assert.match(closed?.result?.message ?? "", /^Quicksand stopped while this program ran/);
    const [row] = (await reopened.listRuns(run.owner, {})).runs;
    assert.deepEqual(row?.tests, { passed: 0, failed: 0, skipped: 2 });
  });

  test("after a restart everything is there, and what was left running is closed and given back", async () => {
    const { store } = database();
    const kept = await finishedRun(store, { visibility: "unlisted" });
    await store.updateRun(kept.id, kept.owner, { title: "Kept" });
    const left = await createdRun(store);
    const files = await createdRun(store, {
      owner: left.owner,
      createdAt: new Date(left.createdAt.getTime() - 1),
    });
    const guest = aRun();
    const network = { account: `network of ${guest.owner}`, limit: 1_000_000 };
    await accept(store, guest, { account: `address of ${guest.owner}`, ceilings: [network] });
    const ended = aRun();
    await accept(store, ended, { account: guest.owner });
    await store.finishRun(ended.id, aResult(ended));
    const adopted = await createdRun(store);
    await store.adoptRuns(adopted.owner, left.owner, null);
    const backup = aStoredRun({ owner: left.owner, status: "running", result: null, createdAt: new Date(0) });
    await store.importRuns([backup]);
    await store.putArtifacts(files.id, [{ name: "a", type: "text/plain", bytes: Buffer.from("a") }]);
    await store.finishRun(files.id, aResult(files));
    const day = dayOf(left.createdAt);
    const before = await store.findRun(kept.id, kept.owner);

    const reopened = await database().reopen();
    assert.ok((await reopened.closeInterrupted()) >= 4);
    assert.equal(await reopened.closeInterrupted(), 0);
    assert.deepEqual(await reopened.findRun(kept.id, kept.owner), before);
    assert.ok(await reopened.findArtifact(files.id, "a", files.owner));
    const closed = await reopened.findRun(left.id, left.owner);
    assert.equal(closed?.status, "system_error");
    assert.equal(closed?.result?.status, "system_error");
    assert.match(closed?.result?.message ?? "", /run it again/i);
    assert.ok(closed?.finishedAt);
    assert.equal((await reopened.getRun(left.id))?.result?.status, "system_error");
    // One of the three runs charged to this account had ended.
    assert.deepEqual(await reopened.usage(left.owner, day, day), [{ day, runs: 1 }]);
    assert.deepEqual(await reopened.usage(`address of ${guest.owner}`, day, day), []);
    assert.deepEqual(await reopened.usage(network.account, day, day), []);
    assert.deepEqual(await reopened.usage(guest.owner, day, day), [{ day, runs: 1 }]);
    assert.equal(await reopened.finishRun(left.id, aResult(left)), false);
    assert.deepEqual(await listedIds(reopened, left.owner, { status: "running" }), []);
    assert.deepEqual(await listedIds(reopened, left.owner), [adopted.id, left.id, files.id, backup.id]);
  });

  test("counts come back until they end, the latest of each key, and one without points is gone", async () => {
    const { store } = database();
    const now = new Date();
    const [ends, ended] = [new Date(now.getTime() + 60_000), new Date(now.getTime() - 1)];
    const [a, b, c] = [newOwner("count"), newOwner("count"), newOwner("count")];
    await store.saveCounts([
      { key: a, points: 1, expiresAt: ended },
      { key: b, points: 2, expiresAt: ends },
      { key: c, points: 3, expiresAt: ends },
    ]);
    await store.saveCounts([
      { key: a, points: 7, expiresAt: ends },
      { key: b, points: 0, expiresAt: ends },
      { key: newOwner("count"), points: 5, expiresAt: ended },
    ]);
    await store.saveCounts([]);
    const loaded = (await database().reopen()).loadCounts(now);
    const ours = (await loaded).filter(({ key }) => key.startsWith("count-"));
    assert.deepEqual(
      ours.sort((one, other) => one.points - other.points),
      [
        { key: c, points: 3, expiresAt: ends },
        { key: a, points: 7, expiresAt: ends },
      ],
    );
    await database().store.prune(new Date(ends.getTime()));
    assert.deepEqual(await database().store.loadCounts(new Date(0)), []);
  });
}

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createLog } from "../../log";
import type { Store } from "..";
import { aResult, collect, createdRun, newOwner } from "../contract/fixtures";
import { dayOf } from "../spans";
import { PlanWatch } from "../testing/explain";
import { overMongo } from "../testing/over-mongo";
import { openMongoStore } from "./index";

const log = createLog("silent");

/* Runs that are given to a queue which outlives processes. */
await overMongo((server) => {
  const plans = new PlanWatch();
  const options = { uri: server.uri, log, onCommand: plans.onCommand, answerWithinMs: 20_000 };
  const queued = () => openMongoStore({ ...options, runsOutliveProcess: true });
  let store: Store;
  before(() => {
    store = openMongoStore(options);
  });
  after(() => store.close());

  test("runs of a queue outlive the process that accepted them, and are closed when they are named", async () => {
    const [one, other] = [queued(), queued()];
    const runs = await Promise.all(Array.from({ length: 3 }, () => createdRun(one)));
    const [ended, lost, left] = runs;
    assert.ok(ended && lost && left);
    await one.close();
    await other.closeInterrupted();
    await store.closeInterrupted();
    for (const run of runs) assert.equal((await store.findRun(run.id, run.owner))?.status, "running");
    assert.equal(await other.finishRun(ended.id, aResult(ended)), true);
    const listed = async () => (await collect(other.queuedRuns())).flat().sort();
    assert.deepEqual(await listed(), [lost.id, left.id].sort());
    assert.equal(await other.closeRuns([ended.id, lost.id]), 1);
    assert.deepEqual(await listed(), [left.id]);
    assert.equal((await store.findRun(lost.id, lost.owner))?.status, "system_error");
    const day = dayOf(lost.createdAt);
    assert.deepEqual(await store.usage(lost.owner, day, day), []);
    await other.deleteRun(left.id, left.owner);
    await other.close();
  });

  test("runs of a queue that no living process knows any more are closed and given back", async () => {
    const other = queued();
    const run = await createdRun(other);
    await store.closeInterrupted();
    assert.equal((await store.findRun(run.id, run.owner))?.status, "running");
    await other.close();
    // As a process that was started without `REDIS_URL`.
    await store.closeInterrupted();
    assert.equal((await store.findRun(run.id, run.owner))?.status, "system_error");
    const day = dayOf(run.createdAt);
    assert.deepEqual(await store.usage(run.owner, day, day), []);
  });

  test("more runs of a queue than a batch are all listed", async () => {
    const other = queued();
    const owner = newOwner();
    const runs = await Promise.all(Array.from({ length: 205 }, () => createdRun(other, { owner })));
    const batches = await collect(other.queuedRuns());
    assert.ok(batches.every((batch) => batch.length <= 200));
    assert.deepEqual(batches.flat().sort(), runs.map(({ id }) => id).sort());
    assert.equal(await other.closeRuns(batches.flat()), 205);
    await other.close();
  });

  test("none of their queries reads a collection from end to end", async () => {
    assert.ok(plans.kinds > 5, `only ${plans.kinds} kinds of commands were seen`);
    assert.deepEqual(await plans.scanning(server.uri), []);
  });
});

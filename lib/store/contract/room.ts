import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aRequest,
  aStoredRun,
  type ContractDatabase,
  createdRun,
  finishedRun,
  listedIds,
  newId,
  newOwner,
} from "./fixtures";

const PLENTY = Number.MAX_SAFE_INTEGER;
const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, second));

/** What is kept, how much of it, and what goes first when there is too much. */
export function roomContract(database: () => ContractDatabase): void {
  test("what a program prints for its test cases is kept once, and control characters take no more than themselves", async () => {
    const { store } = database();
    const printed = "\u0001".repeat(100_000);
    const tests = [printed, "", `${printed}é`].map((actual) => ({
      status: "passed" as const,
      actual,
      durationMs: 1,
      stderr: `${actual}!`,
    }));
    const output = {
      stdout: tests.map(({ actual }) => actual).join(""),
      stderr: tests.map(({ stderr }) => stderr).join(""),
      exitCode: 0,
      signal: null,
      truncated: false,
    };
    const request = aRequest({ stdin: "\u0002".repeat(100_000) });
    const run = await finishedRun(store, { request }, { output, tests });
    const found = await store.findRun(run.id, run.owner);
    assert.deepEqual([found?.request, found?.result?.output, found?.result?.tests], [request, output, tests]);
    const { bytes } = await store.kept(run.owner);
    assert.ok(
      bytes > 500_000 && bytes < 510_000,
      `${bytes} bytes are kept of 500,000 that were printed and sent`,
    );
  });

  test("output that is not what the test cases printed comes back as it was", async () => {
    const { store } = database();
    const tests = [{ status: "passed" as const, actual: "one\n", durationMs: 1 }];
    for (const stdout of ["one\ntwo\n", "on", "", "other"]) {
      const output = { stdout, stderr: "", exitCode: 0, signal: null, truncated: true };
      const run = await finishedRun(store, {}, { output, tests });
      assert.deepEqual((await store.findRun(run.id, run.owner))?.result?.output, output);
    }
  });

  test("what is kept of an owner goes up with runs, files and imports, and down with every way of deleting", async () => {
    const { store } = database();
    const owner = newOwner();
    assert.deepEqual(await store.kept(owner), { runs: 0, bytes: 0, removedRuns: 0, removedAt: null });
    const first = await finishedRun(store, { owner }, { artifacts: [] });
    const one = await store.kept(owner);
    assert.ok(one.runs === 1 && one.bytes > 1_000 && one.bytes < 4_000, JSON.stringify(one));

    const withFile = await createdRun(store, { owner });
    const bytes = Buffer.alloc(50_000, "x");
    await store.putArtifacts(withFile.id, [{ name: "a", type: "text/plain", bytes }]);
    const artifacts = [{ name: "a", type: "text/plain", bytes: bytes.length, url: "/a" }];
    await store.finishRun(withFile.id, { ...(await resultOf(store, first.id)), id: withFile.id, artifacts });
    assert.ok((await store.kept(owner)).bytes > one.bytes + 50_000);
    assert.equal((await store.kept(owner)).runs, 2);
    await store.deleteRun(withFile.id, owner);
    assert.deepEqual(await store.kept(owner), one);

    const expiresAt = new Date("2001-01-01T00:00:00.000Z");
    await store.importRuns([aStoredRun({ owner, expiresAt }), aStoredRun({ owner })]);
    assert.equal((await store.kept(owner)).runs, 3);
    await store.prune(expiresAt);
    assert.equal((await store.kept(owner)).runs, 2);

    const user = newOwner("user");
    const before = await store.kept(owner);
    await store.adoptRuns(owner, user, null, "free");
    assert.deepEqual([await store.kept(user), (await store.kept(owner)).bytes], [before, 0]);
    await store.deleteRuns(user);
    assert.deepEqual(await store.kept(user), { runs: 0, bytes: 0, removedRuns: 0, removedAt: null });
  });

  test("deleted or taken over by several at once, each run is counted once", async () => {
    const { store } = database();
    const [guest, user] = [newOwner(), newOwner("user")];
    for (let index = 0; index < 30; index++) await finishedRun(store, { owner: guest });
    const before = await store.kept(guest);
    await Promise.all([1, 2, 3].map(() => store.adoptRuns(guest, user, null, "free")));
    assert.deepEqual([await store.kept(user), (await store.kept(guest)).bytes], [before, 0]);
    await Promise.all([1, 2, 3].map(() => store.deleteRuns(user)));
    await store.deleteRuns(user);
    assert.deepEqual(await store.kept(user), { runs: 0, bytes: 0, removedRuns: 0, removedAt: null });
  });

  test("beyond an owner's bytes the oldest runs go, unpinned ones first, running ones never, and the owner is told", async () => {
    const { store } = database();
    const owner = newOwner();
    const ids = Array.from({ length: 5 }, newId);
    for (const [index, id] of ids.entries()) await finishedRun(store, { id, owner, createdAt: at(index) });
    const running = await createdRun(store, { owner, createdAt: at(-1) });
    await store.updateRun(ids[0] ?? "", owner, { pinned: true });
    const [oldest, second, third, fourth, newest] = ids;
    const shown = () => listedIds(store, owner);
    const of = { owner, plan: "guest" as const };
    const room = async (ownerBytes: number) => store.makeRoom(of, { ownerBytes, planBytes: PLENTY });

    const { bytes } = await store.kept(owner);
    const one = await sizeOfOne(store);
    assert.equal(await room(bytes), 0);
    assert.equal(await room(bytes - 1), 1);
    assert.deepEqual(await shown(), [newest, fourth, third, oldest, running.id]);
    assert.equal(await store.findRun(second ?? "", owner), null);
    const told = await store.kept(owner);
    assert.equal(told.removedRuns, 1);
    assert.ok(Math.abs(Date.now() - (told.removedAt?.getTime() ?? 0)) < 600_000);

    // Whether the running one counts is the store's choice; it is smaller.
    assert.equal(await room(Math.floor(1.9 * one)), 3);
    assert.deepEqual(await shown(), [oldest, running.id]);
    assert.equal(await room(0), 1);
    assert.deepEqual(await shown(), [running.id]);
    const user = newOwner("user");
    await store.adoptRuns(owner, user, null);
    assert.equal((await store.kept(user)).removedRuns, 5);
  });

  test("beyond a plan's bytes the oldest run of any of its owners goes, and that owner is told", async () => {
    // The runs that other tests left running count for their plan, and never go.
    const store = await database().reopen();
    await store.closeInterrupted();
    await store.prune(new Date(0));
    const [a, b] = [newOwner(), newOwner()];
    const limits = (planBytes: number) =>
      [
        { owner: b, plan: "pro" as const },
        { ownerBytes: PLENTY, planBytes },
      ] as const;
    await store.makeRoom(...limits(0));
    const other = await finishedRun(store, { owner: a, plan: "free", createdAt: at(0) });
    const first = await finishedRun(store, { owner: a, plan: "pro", createdAt: at(1) });
    const second = await finishedRun(store, { owner: b, plan: "pro", createdAt: at(2) });
    const [ofFirst, ofSecond] = [await store.kept(a), await store.kept(b)];
    const total = ofFirst.bytes / 2 + ofSecond.bytes;
    assert.equal(await store.makeRoom(...limits(total + 50)), 0);
    assert.equal(await store.makeRoom(...limits(total - 50)), 1);
    assert.equal(await store.findRun(first.id, a), null);
    assert.ok(await store.findRun(other.id, a));
    assert.ok(await store.findRun(second.id, b));
    assert.deepEqual([(await store.kept(a)).removedRuns, (await store.kept(b)).removedRuns], [1, 0]);
  });
}

async function sizeOfOne(store: ContractDatabase["store"]): Promise<number> {
  const { owner } = await finishedRun(store);
  return (await store.kept(owner)).bytes;
}

async function resultOf(store: ContractDatabase["store"], id: string) {
  const result = (await store.getRun(id))?.result;
  assert.ok(result);
  return result;
}

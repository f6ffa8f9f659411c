import assert from "node:assert/strict";
import { test } from "node:test";
import type { SessionFile, SessionFileLimits } from "../session-files";
import { type ContractDatabase, newId, newOwner } from "./fixtures";

const START = Date.parse("2026-11-27T10:00:00Z");
const at = (ms: number) => new Date(START + ms);
const ROOMY: SessionFileLimits = { files: 100, bytes: 1_000_000, planBytes: 1_000_000_000, planFiles: 1_000 };

function aFile(changes: Partial<SessionFile> = {}): SessionFile {
  return {
    ...{ id: newId(), session: newId(), owner: newOwner(), plan: "guest", name: "a é.csv", type: "text/csv" },
    ...{ bytes: Buffer.from([0, 255, 10, 128]), createdAt: at(0), expiresAt: at(1_000) },
    ...changes,
  };
}

const headOf = ({ bytes, ...head }: SessionFile) => ({ ...head, size: bytes.byteLength });

/** Files that outlive runs. */
export function sessionFileContract(database: () => ContractDatabase): void {
  test("a session's files are there byte for byte, in another process too, until they expire", async () => {
    const { store } = database();
    const [first, second] = [aFile(), aFile()];
    const { session, owner } = first;
    const files = [first, { ...second, session, owner, bytes: Buffer.alloc(0) }];
    await store.sessionFiles.add(files, ROOMY);
    const { sessionFiles } = await database().reopen();
    assert.deepEqual(await sessionFiles.list(session, owner, at(999)), files.map(headOf));
    const found = await sessionFiles.get(session, first.id, owner, at(999));
    assert.deepEqual({ ...found, bytes: Buffer.from(found?.bytes ?? []) }, first);
    assert.equal(await sessionFiles.get(session, first.id, owner, at(1_000)), null);
    assert.deepEqual(await sessionFiles.list(session, owner, at(1_000)), []);
  });

  test("a file is found by its session, its id and its owner together, and removed so", async () => {
    const { sessionFiles } = database().store;
    const file = aFile();
    const { id, session, owner } = file;
    await sessionFiles.add([file], ROOMY);
    assert.equal(await sessionFiles.get(newId(), id, owner, at(1)), null);
    assert.equal(await sessionFiles.get(session, newId(), owner, at(1)), null);
    assert.equal(await sessionFiles.get(session, id, newOwner(), at(1)), null);
    assert.deepEqual(await sessionFiles.list(session, newOwner(), at(1)), []);
    assert.equal(await sessionFiles.remove(session, id, newOwner()), false);
    assert.equal(await sessionFiles.remove(newId(), id, owner), false);
    assert.equal(await sessionFiles.remove(session, id, owner), true);
    assert.equal(await sessionFiles.remove(session, id, owner), false);
  });

  test("an owner's oldest files go when they are too many or too large, and nobody else's", async () => {
    const { sessionFiles } = database().store;
    const [owner, session] = [newOwner(), newId()];
    const other = aFile();
    await sessionFiles.add([other], ROOMY);
    const own = (ms: number, size: number) =>
      aFile({ owner, session, createdAt: at(ms), bytes: Buffer.alloc(size) });
    const files = [own(0, 10), own(1, 10), own(2, 10)];
    for (const file of files) await sessionFiles.add([file], { ...ROOMY, files: 2 });
    const left = async () => (await sessionFiles.list(session, owner, at(3))).map(({ id }) => id);
    assert.deepEqual(await left(), [files[1]?.id, files[2]?.id]);
    const large = own(3, 25);
    await sessionFiles.add([large], { ...ROOMY, bytes: 35 });
    assert.deepEqual(await left(), [files[2]?.id, large.id]);
    assert.ok(await sessionFiles.get(other.session, other.id, other.owner, at(3)));
  });

  test("the oldest of a plan go when all of it together are too large, and none of another plan", async () => {
    const { sessionFiles } = database().store;
    const other = aFile({ plan: "free", bytes: Buffer.alloc(200) });
    await sessionFiles.add([other], ROOMY);
    // Newer than what other tests have left.
    const files = [0, 1, 2].map((n) =>
      aFile({ plan: "pro", createdAt: at(10_000 + n), expiresAt: at(20_000), bytes: Buffer.alloc(100) }),
    );
    for (const file of files) await sessionFiles.add([file], { ...ROOMY, planBytes: 250 });
    const there = await Promise.all(
      files.map(({ session, id, owner }) => sessionFiles.get(session, id, owner, at(10_005))),
    );
    assert.deepEqual(
      there.map((file) => file !== null),
      [false, true, true],
    );
    assert.ok(await sessionFiles.get(other.session, other.id, other.owner, at(1)));
  });

  test("the oldest of a plan go when they are too many, however small, and none of another plan", async () => {
    const { sessionFiles } = database().store;
    const other = aFile({ plan: "free" });
    await sessionFiles.add([other], ROOMY);
    const files = [0, 1, 2].map((n) =>
      aFile({ plan: "pro", createdAt: at(30_000 + n), expiresAt: at(40_000), bytes: Buffer.alloc(0) }),
    );
    for (const file of files) await sessionFiles.add([file], { ...ROOMY, planFiles: 2 });
    const there = await Promise.all(
      files.map(({ session, id, owner }) => sessionFiles.get(session, id, owner, at(30_005))),
    );
    assert.deepEqual(
      there.map((file) => file !== null),
      [false, true, true],
    );
    assert.ok(await sessionFiles.get(other.session, other.id, other.owner, at(1)));
  });

  test("expired files are pruned, and an owner's are removed together", async () => {
    const { store } = database();
    const owner = newOwner();
    const [old, fresh] = [aFile({ owner }), aFile({ owner, expiresAt: at(2_000) })];
    await store.sessionFiles.add([old, fresh], ROOMY);
    await store.prune(at(1_000));
    // Had it not been pruned, it would still be there at a time before its end.
    assert.equal(await store.sessionFiles.get(old.session, old.id, owner, at(1)), null);
    assert.equal(await store.sessionFiles.removeAll(owner), 1);
    assert.equal(await store.sessionFiles.removeAll(owner), 0);
  });
}

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import * as z from "zod";
import { AppError } from "../../errors";
import { EmbeddedDatabase } from "./database";
import { LogSync } from "./log-sync";

const folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-batch-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const days = z.object({ owner: z.string(), runs: z.number() });
const all = (database: EmbeddedDatabase) =>
  database.all(days, "SELECT owner, runs FROM usage ORDER BY owner");
const insert = (database: EmbeddedDatabase, owner: string) => () =>
  database.run("INSERT INTO usage VALUES (?, '2026-11-22', 1)", owner);

const code = (expected: string) => (error: unknown) => error instanceof AppError && error.code === expected;

test("what is asked for in one moment is in one commit, and one that fails takes only itself back", async () => {
  const database = new EmbeddedDatabase(path.join(folder, "one"));
  const works = ["a", "b", "a", "c"].map((owner) => database.groupCommit(insert(database, owner)));
  assert.deepEqual(all(database), [], "not yet");
  const ends = await Promise.allSettled(works);
  assert.deepEqual(
    ends.map(({ status }) => status),
    ["fulfilled", "fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(
    all(database).map(({ owner }) => owner),
    ["a", "b", "c"],
  );
  database.close();
});

test("what still waits when the database is closed is kept; what comes later is refused", async () => {
  const database = new EmbeddedDatabase(path.join(folder, "two"));
  const waiting = database.groupCommit(insert(database, "a"));
  database.relaxedTransaction(insert(database, "b"));
  database.close();
  await waiting;
  await assert.rejects(database.groupCommit(insert(database, "c")), code("store_unavailable"));
  assert.throws(() => database.relaxedTransaction(insert(database, "c")), code("store_unavailable"));
  const again = new EmbeddedDatabase(path.join(folder, "two"));
  assert.equal(all(again).length, 2);
  again.close();
});

test("a commit is answered when it is on disk, and not before; a disk that refuses is said", async (t) => {
  const database = new EmbeddedDatabase(path.join(folder, "three"));
  t.after(() => database.close());
  let onDisk: { resolve: () => void; reject: (error: Error) => void } | undefined;
  t.mock.method(LogSync.prototype, "sync", () => {
    return new Promise<void>((resolve, reject) => {
      onDisk = { resolve, reject };
    });
  });
  let answered = false;
  const first = database.groupCommit(insert(database, "a")).then(() => {
    answered = true;
  });
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  assert.deepEqual([all(database).length, answered], [1, false]);
  onDisk?.resolve();
  await first;
  const second = assert.rejects(database.groupCommit(insert(database, "b")), code("store_unavailable"));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  onDisk?.reject(new Error("EIO"));
  await second;
});

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import { createdUser } from "../contract/account-fixtures";
import { accept, aResult, aRun, collect, finishedRun } from "../contract/fixtures";
import { openMongoStore } from "../mongo";
import { mongoRecords } from "../mongo/backup-source";
import { MIGRATIONS } from "../mongo/migrations";
import { withDatabase } from "../testing/mongo-server";
import { overMongo } from "../testing/over-mongo";
import { backUp } from "./index";

const log = createLog("silent");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-beside-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const OPTIONS = { secret: null, version: "1.2.3" };

const refusal = (words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError && error.code === "store_unavailable", String(error));
  assert.match(error.message, words);
  return true;
};

type Connection = Parameters<Parameters<typeof withDatabase>[1]>[0];

/** Everything in a database, by collection. */
async function contentOf(connection: Connection): Promise<Record<string, unknown[]>> {
  const names = (await connection.listCollections()).map(({ name }) => name).sort();
  const all = names.map(async (name) => [name, await connection.collection(name).find().toArray()] as const);
  return Object.fromEntries(await Promise.all(all));
}

await overMongo((server) => {
  const other = (name: string): string => {
    const uri = new URL(server.uri);
    uri.pathname = `${uri.pathname}_${name}`;
    return uri.href;
  };
  const backedUp = (uri: string) =>
    backUp(path.join(folder, "all.backup"), { dataDir: folder, mongo: { uri, log } }, OPTIONS);

  test("a backup of a database that is not there makes none", async () => {
    const uri = other("mistyped");
    await assert.rejects(
      backedUp(uri),
      refusal(/There is no database at MONGODB_URI: start Quicksand first/),
    );
    await withDatabase(uri, async (connection) => assert.deepEqual(await contentOf(connection), {}));
  });

  test("a backup leaves the database of another version as it is", async () => {
    for (const [version, remedy] of [
      [3, /has schema 3; this Quicksand has \d+\. Start this version of Quicksand once/],
      [MIGRATIONS.length + 1, /has schema \d+; this Quicksand has \d+\. Use the newer Quicksand/],
    ] as const) {
      const uri = other(`schema_${version}`);
      await withDatabase(uri, async (connection) => {
        await connection
          .collection<{ _id: string }>("schema")
          .insertOne({ _id: "quicksand", ...{ version } });
        const before = await contentOf(connection);
        await assert.rejects(backedUp(uri), refusal(remedy));
        assert.deepEqual(await contentOf(connection), before);
      });
    }
  });

  test("a backup writes nothing to the database that it reads, and ends with words when a restore begins", async () => {
    const store = openMongoStore({ uri: server.uri, log, answerWithinMs: 20_000 });
    await createdUser(store.accounts);
    await store.close();
    await withDatabase(server.uri, async (connection) => {
      const before = await contentOf(connection);
      const records = mongoRecords({ uri: server.uri, log });
      assert.equal((await records.next()).value?.kind, "user");
      assert.deepEqual(await contentOf(connection), before);
      await connection.collection<{ _id: string }>("schema").insertOne({ _id: "restore", ...{ version: 1 } });
      await assert.rejects(records.next(), refusal(/A backup is being restored into the database/));
    });
  });

  test("a run that ends while the backup is made is in it as running, or with its result and its files", async () => {
    const uri = other("ends");
    const store = openMongoStore({ uri, log, answerWithinMs: 20_000 });
    for (let n = 0; n < 30; n++) await finishedRun(store);
    const [completed, interrupted, deleted] = ["x", "y", "z"].map((last) => aRun({ id: `~${last}` }));
    assert.ok(completed && interrupted && deleted);
    for (const run of [completed, interrupted, deleted]) await accept(store, run);
    const records = mongoRecords({ uri, log });
    let record = (await records.next()).value;
    while (record?.kind !== "run") record = (await records.next()).value;
    // The rows of all runs are read by now, and what else belongs to the last of them is not.
    for (const run of [completed, interrupted, deleted]) {
      await store.putArtifacts(run.id, [{ name: "plot.png", type: "image/png", bytes: Buffer.from("abc") }]);
      await store.finishRun(run.id, aResult(run), { image: "sha256:later" });
    }
    await store.deleteRun(deleted.id, deleted.owner);
    await withDatabase(uri, async (connection) => {
      // As by a process that ended between its two writes.
      const row = connection.collection<{ _id: string }>("runs");
      await row.updateOne({ _id: interrupted.id }, { $set: { status: "running", finishedAt: null } });
    });
    const left = await collect(records);
    const found = left.filter((each) => each.kind === "run" && each.id.startsWith("~"));
    const brief = found.map((each) =>
      each.kind === "run"
        ? [each.id, each.status, each.result?.output.stdout, each.finishedAt instanceof Date, each.running]
        : [],
    );
    assert.deepEqual(brief, [
      [completed.id, "success", "4\n", true, null],
      [interrupted.id, "success", "4\n", true, null],
    ]);
    const files = left.filter((each) => each.kind === "artifact").map(({ run }) => run);
    assert.deepEqual(files, [completed.id, interrupted.id]);
    await store.close();
  });
});

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import { createdUser } from "../contract/account-fixtures";
import { listedIds } from "../contract/fixtures";
import { historyContract } from "../contract/history";
import { sharingContract } from "../contract/sharing";
import { openEmbeddedStore } from "../embedded";
import { embeddedRecords } from "../embedded/backup-source";
import type { Store } from "../index";
import { openMongoStore } from "../mongo";
import { mongoRecords } from "../mongo/backup-source";
import { dayOf } from "../spans";
import { startMongoServer, withDatabase } from "../testing/mongo-server";
import { overMongo, reopenable } from "../testing/over-mongo";
import { type BackupPlace, backUp, restore } from "./index";
import type { StoreRecord } from "./records";
import { type Filled, fill } from "./testing/filled";

const log = createLog("silent");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-backup-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => path.join(folder, `${++folders}`);
const OPTIONS = { secret: "the secret of the server", version: "1.2.3" };
const code = (expected: string) => (error: unknown) => error instanceof AppError && error.code === expected;

interface Machine {
  place: BackupPlace;
  open(): Store;
}

const embedded = (): Machine => {
  const dataDir = fresh();
  return { place: { dataDir }, open: () => openEmbeddedStore(dataDir) };
};
const mongo = (uri: string): Machine => {
  const options = { uri, log, answerWithinMs: 20_000 };
  return { place: { dataDir: fresh(), mongo: options }, open: () => openMongoStore(options) };
};

/** All records of a store, in an order that does not depend on the database. */
async function recordsOf({ dataDir, mongo }: BackupPlace): Promise<StoreRecord[]> {
  const found: StoreRecord[] = [];
  for await (const record of mongo ? mongoRecords(mongo) : embeddedRecords(dataDir)) found.push(record);
  const place = (record: StoreRecord) =>
    `${record.kind} ${"id" in record ? record.id : JSON.stringify(record)}`;
  return found
    .map((record) => ("bytes" in record ? { ...record, bytes: Buffer.from(record.bytes) } : record))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** What is expected of a record after a restore: a run that was running is closed, and its charge is given back. */
function afterRestore(record: StoreRecord, running: string): StoreRecord[] {
  if (record.kind === "usage" && ["network", "wider"].includes(record.account))
    return [{ ...record, runs: 0 }];
  return record.kind === "run" && record.id === running ? [] : [record];
}

async function assertSame(from: Machine, to: Machine, { running }: Filled): Promise<void> {
  const expected = (await recordsOf(from.place)).flatMap((record) => afterRestore(record, running.id));
  const found = await recordsOf(to.place);
  const kinds = new Set(found.map(({ kind }) => kind));
  assert.equal(kinds.size, 17, `${[...kinds]}`);
  assert.deepEqual(
    found.filter((record) => !(record.kind === "run" && record.id === running.id)),
    expected,
  );
}

async function assertKept(to: Machine, filled: Filled): Promise<void> {
  const store = to.open();
  try {
    const { deleted, running, shared, takenDown, owner } = filled;
    assert.equal(await store.findRun(deleted.id, owner), null, "what was deleted stays deleted");
    const ids = await listedIds(store, owner);
    assert.equal(ids.length, 2);
    assert.equal((await store.kept(owner)).runs, 2);
    assert.deepEqual(await listedIds(store, owner, { q: "quoted" }), [shared.id]);
    assert.equal((await store.findRun(shared.id, null))?.title, shared.title);
    assert.equal((await store.findRun(running.id, running.owner))?.status, "system_error");
    assert.equal(await store.isGone(takenDown.id, null), true);
    assert.deepEqual(await store.usage("network", dayOf(running.createdAt), dayOf(running.createdAt)), []);
    assert.equal((await store.kept("crowded")).removedRuns > 0, true);
    assert.equal((await store.accounts.listUsers({ q: "🙂" })).users.length, 2);
    const file = ids.find((id) => id !== shared.id) ?? "";
    const head = await store.findArtifact(file, "ä b.png", owner);
    assert.equal(head?.size, 300_000);
    assert.deepEqual(
      (await store.readArtifact(file, "ä b.png", owner, 0))?.subarray(0, 3),
      Buffer.from("ab\0"),
    );
    const files = await store.sessionFiles.list("s", owner, new Date(0));
    assert.deepEqual(
      files.map(({ name }) => name),
      ["b", "a", "c"],
    );
    assert.equal((await store.moderation.listCases({ open: true })).cases.length, 1);
    assert.equal((await store.moderation.listCases({ open: false })).cases.length, 1);
  } finally {
    await store.close();
  }
}

/** From a machine with everything to an empty one. */
async function carried(from: Machine, to: Machine): Promise<{ file: string; filled: Filled }> {
  const store = from.open();
  const filled = await fill(store);
  const file = `${fresh()}.backup`;
  // The server has the database open.
  await backUp(file, from.place, OPTIONS);
  await store.close();
  assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  const restored = await restore(file, to.place, { replace: false });
  assert.deepEqual(restored.leftOut, {});
  assert.equal(restored.secret, OPTIONS.secret);
  assert.equal(restored.header.version, OPTIONS.version);
  return { file, filled };
}

describe("from the embedded database to another", () => {
  const [from, to] = [embedded(), embedded()];
  let file = "";
  let filled: Filled;
  before(async () => {
    ({ file, filled } = await carried(from, to));
  });

  test("everything is there, what was deleted is not, and what was running is closed and refunded", async () => {
    await assertSame(from, to, filled);
    await assertKept(to, filled);
  });

  test("a store that is not empty is refused and left as it is; --replace loses what it has", async () => {
    await assert.rejects(restore(file, to.place, { replace: false }), /has a database with 2 users, 4 runs/);
    const store = to.open();
    const later = await createdUser(store.accounts);
    await assert.rejects(restore(file, to.place, { replace: true }), /in use by another Quicksand/);
    await store.close();
    await restore(file, to.place, { replace: true });
    const again = to.open();
    assert.equal(await again.accounts.getUser(later.id), null);
    await again.close();
    await assertSame(from, to, filled);
  });

  test("a backup that is damaged anywhere, cut short or longer than it was is refused, and nothing is restored", async () => {
    const whole = fs.readFileSync(file);
    const bad = `${fresh()}.backup`;
    const place = { dataDir: fresh() };
    const assertRefused = async (bytes: Buffer, why: string) => {
      fs.writeFileSync(bad, bytes);
      await assert.rejects(restore(bad, place, { replace: false }), code("invalid_request"), why);
      assert.equal(fs.existsSync(place.dataDir), false, why);
    };
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 60)) {
      // The bytes of gzip's header that say when and where it was written mean nothing.
      if (at >= 4 && at < 10) continue;
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 0x55;
      await assertRefused(flipped, `byte ${at}`);
      await assertRefused(whole.subarray(0, at), `cut at ${at}`);
    }
    await assertRefused(whole.subarray(0, -1), "cut by one byte");
    await assertRefused(Buffer.concat([whole, Buffer.from("more")]), "longer");
    await assertRefused(Buffer.concat([whole, whole]), "twice");
    await assertRefused(Buffer.from("SQLite format 3\0"), "something else");
  });

  describe("the restored database holds the contract", () => {
    const contract = reopenable(() => to.open());
    let database: Awaited<ReturnType<typeof contract>> | undefined;
    before(async () => {
      database = await contract();
    });
    after(() => database?.store.close());
    const opened = () => {
      if (!database) throw new Error("not open yet");
      return database;
    };
    historyContract(opened);
    sharingContract(opened);
  });
});

test("what is large together is carried over whole, some at a time", async () => {
  const [from, to] = [embedded(), embedded()];
  const store = from.open();
  const times = { startedAt: new Date(), expiresAt: new Date(Date.now() + 1e9), givenUpBefore: new Date(0) };
  for (let n = 0; n < 7; n++) {
    await store.answers.begin({ id: `answer ${n}`, fingerprint: "f", ...times });
    // Small, large, and larger than is read at once.
    await store.answers.keep(`answer ${n}`, `${n}`.repeat([1, 3_000_000, 9_000_000][n % 3] ?? 1));
  }
  await store.close();
  const file = `${fresh()}.backup`;
  await backUp(file, from.place, OPTIONS);
  await restore(file, to.place, { replace: false });
  const carried = await recordsOf(to.place);
  assert.equal(carried.length, 7);
  assert.deepEqual(carried, await recordsOf(from.place));
});

await overMongo((server) => {
  let second: Awaited<ReturnType<typeof startMongoServer>> | undefined;
  after(() => second?.stop());

  test("from the embedded database to MongoDB and back, everything is the same", async () => {
    const [from, there, back] = [embedded(), mongo(server.uri), embedded()];
    const { file, filled } = await carried(from, there);
    await assertSame(from, there, filled);
    await assertKept(there, filled);
    const again = `${fresh()}.backup`;
    await backUp(again, there.place, OPTIONS);
    await restore(again, back.place, { replace: false });
    assert.deepEqual(await recordsOf(back.place), await recordsOf(there.place));
    await assertKept(back, filled);

    await assert.rejects(restore(file, there.place, { replace: false }), code("conflict"));
    const store = there.open();
    await store.accounts.countUsers();
    await assert.rejects(
      restore(file, there.place, { replace: true }),
      /other process of Quicksand uses this/,
    );
    await store.close();
    await restore(file, there.place, { replace: true });
    await assertSame(from, there, filled);
  });

  test("from MongoDB to another, and a restore that was cut short is seen, and made good by another", async () => {
    second = await startMongoServer(process.env, { own: true });
    const [from, to] = [mongo(server.uri), mongo(second.uri)];
    const file = `${fresh()}.backup`;
    await backUp(file, from.place, OPTIONS);
    await withDatabase(second.uri, async (connection) => {
      await connection.collection<{ _id: string }>("schema").insertOne({ _id: "restore", ...{ version: 1 } });
      await connection.collection<{ _id: string }>("users").insertOne({ _id: "half" });
    });
    const store = to.open();
    await assert.rejects(
      store.accounts.countUsers(),
      /is being restored into the database, or its restore was cut short/,
    );
    await store.close();
    await restore(file, to.place, { replace: false });
    assert.deepEqual(await recordsOf(to.place), await recordsOf(from.place));
    const whole = to.open();
    assert.equal(await whole.accounts.countUsers(), 2);
    await whole.close();
  });

  describe("the restored database on MongoDB's protocol holds the contract", () => {
    const contract = reopenable(() => openMongoStore({ uri: server.uri, log, answerWithinMs: 20_000 }));
    let database: Awaited<ReturnType<typeof contract>> | undefined;
    before(async () => {
      database = await contract();
    });
    after(() => database?.store.close());
    const opened = () => {
      if (!database) throw new Error("not open yet");
      return database;
    };
    historyContract(opened);
    sharingContract(opened);
  });
});

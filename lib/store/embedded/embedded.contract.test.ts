import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { AppError } from "../../errors";
import { createdUser } from "../contract/account-fixtures";
import { aStoredRun, type ContractDatabase, createdRun, finishedRun, newOwner } from "../contract/fixtures";
import { storeContracts } from "../store.contract";
import { EmbeddedDatabase } from "./database";
import { openEmbeddedStore } from "./index";
import { filterOf, pageStatement } from "./list";
import { migrate } from "./migrations";

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-store-"));
after(() => fs.rmSync(directory, { recursive: true }));
let directories = 0;
const freshDirectory = () => path.join(directory, `${++directories}`);

const sqlite = new Database(":memory:");
const { version } = sqlite.prepare("SELECT sqlite_version() AS version").get() as { version: string };

const openEmpty = async () => {
  const at = freshDirectory();
  const database: ContractDatabase = {
    store: openEmbeddedStore(at),
    async reopen() {
      await database.store.close();
      database.store = openEmbeddedStore(at);
      return database.store;
    },
  };
  return database;
};
for (const contract of Object.values(storeContracts))
  contract(`the embedded database (SQLite ${version} of libsql)`, openEmpty);

function isUnavailable(message: RegExp) {
  return (error: unknown) =>
    error instanceof AppError && error.code === "store_unavailable" && message.test(error.message);
}

test("the data directory has one owner at a time", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  assert.throws(() => openEmbeddedStore(at), isUnavailable(/in use by another Quicksand/));
  await store.close();
  await openEmbeddedStore(at).close();
});

test("a closed store says so, and closing again is harmless", async () => {
  const store = openEmbeddedStore(freshDirectory());
  await store.close();
  await store.close();
  await assert.rejects(store.getRun("x"), isUnavailable(/closed/));
  assert.equal((await store.health()).ok, false);
});

test("the database is readable to its owner alone", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  await finishedRun(store);
  for (const name of fs.readdirSync(at)) {
    assert.equal(fs.statSync(path.join(at, name)).mode & 0o077, 0, name);
  }
  await store.close();
});

test("migrations run once and again without harm", async () => {
  const at = freshDirectory();
  const first = openEmbeddedStore(at);
  const run = await finishedRun(first);
  await first.close();
  const second = openEmbeddedStore(at);
  assert.ok(await second.getRun(run.id));
  await second.close();
});

test("a migration that fails leaves the database as it was", async () => {
  const file = path.join(directory, "half.db");
  const database = new Database(file);
  const migratable = {
    version: () => (database.pragma("user_version") as [{ user_version: number }])[0].user_version,
    advance: (sql: string, to: number) => {
      database.transaction(() => database.exec(`${sql}; PRAGMA user_version = ${to};`))();
    },
  };
  assert.throws(() => migrate(migratable, ["CREATE TABLE a (x)", "CREATE TABLE b (x); nonsense"]));
  assert.equal(migratable.version(), 1);
  migrate(migratable, ["CREATE TABLE a (x)", "CREATE TABLE b (x)"]);
  assert.equal(migratable.version(), 2);
  database.close();
});

test("a database of a later Quicksand is refused and left untouched", async () => {
  const at = freshDirectory();
  await openEmbeddedStore(at).close();
  const file = path.join(at, "quicksand.db");
  const later = new Database(file);
  later.exec("PRAGMA user_version = 9999");
  later.close();
  const before = fs.readFileSync(file);
  assert.throws(() => openEmbeddedStore(at), isUnavailable(/schema 9999.*newer Quicksand/));
  assert.ok(fs.readFileSync(file).equals(before));
});

test("a file that is no database, and a directory that cannot be made, say what to do", () => {
  const at = freshDirectory();
  fs.mkdirSync(at);
  fs.writeFileSync(path.join(at, "quicksand.db"), "not a database, ".repeat(500));
  assert.throws(() => openEmbeddedStore(at), isUnavailable(/not a database.*backup/));
  const file = path.join(directory, "file");
  fs.writeFileSync(file, "");
  assert.throws(() => openEmbeddedStore(path.join(file, "below")), isUnavailable(/make it writable/));
});

function holds(at: string, text: string): string[] {
  return fs.readdirSync(at).filter((name) => fs.readFileSync(path.join(at, name)).includes(text));
}

test("what is deleted is no longer in the files when the deletion is answered, nor when the store is closed", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  const secret = "a very particular secret 7f3a";
  const owner = newOwner();
  const secretRun = () => {
    const run = aStoredRun({ owner });
    return { ...run, title: secret, request: { ...run.request, code: secret.repeat(500) } };
  };
  const [one, ...rest] = [secretRun(), secretRun(), secretRun()];
  await store.importRuns([one, ...rest]);
  await finishedRun(store);
  assert.notDeepEqual(holds(at, "particular secret"), []);
  await store.deleteRun(one.id, owner);
  await store.deleteRuns(owner);
  assert.deepEqual(holds(at, "particular secret"), []);
  await store.close();
  assert.deepEqual(holds(at, "particular secret"), []);
});

test("an account's address is no longer in the files when its deletion is answered", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  const user = await createdUser(store.accounts, { email: "very-particular-7f3a@example.com" });
  assert.notDeepEqual(holds(at, "very-particular-7f3a"), []);
  await store.accounts.deleteUser(user.id);
  assert.deepEqual(holds(at, "very-particular-7f3a"), []);
  await store.close();
});

/** Space is given back in steps, between which other requests are served. */
async function untilSmaller(file: string, bytes: number): Promise<void> {
  for (let tries = 0; tries < 200 && fs.statSync(file).size >= bytes; tries++) await sleep(50);
  const { size } = fs.statSync(file);
  assert.ok(size < bytes, `${file} has ${size} bytes`);
}

test("deleting gives the disk its space back, also in a file of before that was not made for it", async () => {
  const at = freshDirectory();
  fs.mkdirSync(at);
  const file = path.join(at, "quicksand.db");
  const old = new Database(file);
  old.exec("PRAGMA journal_mode = WAL; CREATE TABLE something (x)");
  old.close();
  const store = openEmbeddedStore(at);
  const owner = newOwner();
  for (let n = 0; n < 12; n++) {
    const run = await createdRun(store, { owner });
    const bytes = Buffer.alloc(1_048_576, "x");
    await store.putArtifacts(run.id, [{ name: "a", type: "text/plain", bytes }]);
  }
  await store.deleteRuns(owner);
  await untilSmaller(file, 4 * 1_048_576);
  await untilSmaller(`${file}-wal`, 1_048_576);
  await store.close();
});

test("a backup taken while the store is open opens elsewhere with everything that was kept", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  const shared = await finishedRun(store, { visibility: "unlisted" });
  const running = await createdRun(store, { owner: shared.owner });
  const deleted = await finishedRun(store, { owner: shared.owner, visibility: "public" });
  await store.deleteRun(deleted.id, deleted.owner);
  const elsewhere = freshDirectory();
  fs.mkdirSync(elsewhere);
  const reader = new Database(path.join(at, "quicksand.db"));
  reader.exec(`VACUUM INTO '${path.join(elsewhere, "quicksand.db")}'`);
  reader.close();

  const restored = openEmbeddedStore(elsewhere);
  await restored.closeInterrupted();
  assert.deepEqual(await restored.findRun(shared.id, null), await store.findRun(shared.id, null));
  assert.equal((await restored.findRun(running.id, running.owner))?.status, "system_error");
  assert.equal(await restored.findRun(deleted.id, null), null);
  await restored.close();
  await store.close();
});

test("deleting a run leaves no row of it in any table", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  const run = await createdRun(store);
  await store.putArtifacts(run.id, [{ name: "a", type: "x", bytes: Buffer.from("a") }]);
  await store.deleteRun(run.id, run.owner);
  await store.close();
  const database = new Database(path.join(at, "quicksand.db"));
  for (const table of ["runs", "run_requests", "run_results", "run_search", "artifacts"]) {
    assert.deepEqual(database.prepare(`SELECT * FROM ${table}`).all(), [], table);
  }
  database.close();
});

test("every list reads rows and order from an index of the owner", () => {
  const at = freshDirectory();
  new EmbeddedDatabase(at).close();
  const database = new Database(path.join(at, "quicksand.db"));
  const now = new Date();
  for (let bits = 0; bits < 32; bits++) {
    const filter = filterOf("owner", {
      ...(bits & 1 ? { language: "c" } : {}),
      ...(bits & 2 ? { status: "error" as const } : {}),
      ...(bits & 4 ? { pinned: true } : {}),
      ...(bits & 8 ? { from: now, to: now } : {}),
      ...(bits & 16 ? { pinned: false } : {}),
    });
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${pageStatement(filter)}`).all(...filter.values, 10);
    const text = (plan as { detail: string }[]).map((step) => step.detail).join("; ");
    assert.match(
      text,
      /^SEARCH runs USING INDEX runs_(of_owner|of_language|of_status|pinned) \(owner=\?/,
      filter.sql,
    );
    assert.doesNotMatch(text, /TEMP B-TREE/, filter.sql);
  }
  database.close();
});

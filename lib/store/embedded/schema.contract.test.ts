import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { createdUser, NOW } from "../contract/account-fixtures";
import { accept, aRequest, aResult, aRun, finishedRun } from "../contract/fixtures";
import { AUDIT_STATEMENTS } from "./audit";
import { EmbeddedDatabase } from "./database";
import { openEmbeddedStore } from "./index";
import { REMOVALS_STATEMENT } from "./kept";
import { MIGRATIONS } from "./migrations";
import { CASE_PAGE_STATEMENT } from "./moderation";
import { HOUR_STATEMENT } from "./quota";
import { SESSION_STATEMENT } from "./sessions";
import { USER_PAGE_STATEMENT } from "./user-list";

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-schema-"));
after(() => fs.rmSync(directory, { recursive: true }));
let directories = 0;
const freshDirectory = () => path.join(directory, `${++directories}`);

/** A data directory as a version with an earlier schema left it. */
function directoryOfSchema(version: number, fill: (database: Database.Database) => void): string {
  const at = freshDirectory();
  fs.mkdirSync(at);
  const database = new Database(path.join(at, "quicksand.db"));
  database.pragma("journal_mode = WAL");
  for (const sql of MIGRATIONS.slice(0, version)) database.exec(sql);
  database.pragma(`user_version = ${version}`);
  fill(database);
  database.close();
  return at;
}

function insertOldRun(database: Database.Database, seq: number, id: string, status: string): void {
  const result = JSON.stringify(aResult({ id }));
  const insert = `INSERT INTO runs (seq, id, owner, language, status, preview, visibility, pinned, plan, instance, created_at)
    VALUES (?, ?, 'guest-1', 'python', ?, 'print(1)', 'private', 0, 'guest', 'gone', ?)`;
  database.prepare(insert).run(seq, id, status, NOW.getTime());
  database.prepare("INSERT INTO run_requests VALUES (?, ?, NULL)").run(seq, JSON.stringify(aRequest()));
  database.prepare("INSERT INTO run_search VALUES (?, 'print(1)')").run(seq);
  if (status !== "running") database.prepare("INSERT INTO run_results VALUES (?, ?)").run(seq, result);
}

test("a file of before incremental vacuum is rewritten though it is large for the operator's limit, and gives room back", async () => {
  const megabytes = 20;
  const at = directoryOfSchema(1, (database) => {
    insertOldRun(database, 1, "kept", "success");
    database.exec("CREATE TABLE ballast (bytes BLOB)");
    database.prepare("INSERT INTO ballast VALUES (zeroblob(?))").run(megabytes * 1_048_576);
  });
  const file = path.join(at, "quicksand.db");
  const database = new EmbeddedDatabase(at, 40 * 1_048_576);
  assert.ok(fs.statSync(file).size > megabytes * 1_048_576);
  database.run("DELETE FROM ballast");
  // Free pages are room, also before the file has become shorter.
  assert.equal(database.isLow, false);
  await database.tidy();
  for (let tries = 0; tries < 100 && fs.statSync(file).size > 2 * 1_048_576; tries++) await sleep(50);
  assert.ok(fs.statSync(file).size <= 2 * 1_048_576, `${fs.statSync(file).size} bytes`);
  database.close();
});

test("a database of before accounts opens with its runs, and gives back what was left running to its owner", async () => {
  const at = directoryOfSchema(1, (database) => {
    insertOldRun(database, 1, "ended", "success");
    insertOldRun(database, 2, "left", "running");
    database.prepare("INSERT INTO usage VALUES ('guest-1', '2026-11-23', 2)").run();
  });
  const store = openEmbeddedStore(at);
  assert.equal((await store.findRun("ended", "guest-1"))?.status, "success");
  assert.equal(await store.closeInterrupted(), 1);
  assert.equal((await store.findRun("left", "guest-1"))?.status, "system_error");
  assert.deepEqual(await store.usage("guest-1", "2026-11-23", "2026-11-23"), [
    { day: "2026-11-23", runs: 1 },
  ]);
  const hour = [new Date("2026-11-23T12:00:00Z"), new Date("2026-11-23T13:00:00Z")] as const;
  assert.deepEqual(await store.runsByHour(...hour), [{ hour: "2026-11-23T12", runs: 2, failed: 1 }]);
  const user = await createdUser(store.accounts);
  assert.equal(await store.adoptRuns("guest-1", user.id, null), 2);
  await store.close();
  const again = openEmbeddedStore(at);
  assert.deepEqual(await again.accounts.getUser(user.id), user);
  assert.equal((await again.listRuns(user.id, {})).runs.length, 2);
  await again.close();
});

test("a database of before accounts, but with charges, keeps them", async () => {
  const at = directoryOfSchema(2, (database) => {
    insertOldRun(database, 1, "left", "running");
    database.exec("UPDATE runs SET charged_to = 'address-1'");
    database.exec("INSERT INTO usage VALUES ('address-1', '2026-11-23', 2), ('guest-1', '2026-11-23', 2)");
  });
  const store = openEmbeddedStore(at);
  assert.equal(await store.closeInterrupted(), 1);
  assert.equal((await store.usage("address-1", "2026-11-23", "2026-11-23"))[0]?.runs, 1);
  assert.equal((await store.usage("guest-1", "2026-11-23", "2026-11-23"))[0]?.runs, 2);
  assert.equal(await store.accounts.countUsers(), 0);
  await store.close();
});

test("what is not understood of a user's preferences is left out", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  const user = await createdUser(store.accounts);
  await store.close();
  const database = new Database(path.join(at, "quicksand.db"));
  database.exec(`UPDATE users SET preferences = '{"theme":"pink","tabWidth":2,"colour":1}'`);
  database.close();
  const again = openEmbeddedStore(at);
  assert.deepEqual((await again.accounts.getUser(user.id))?.preferences, { tabWidth: 2 });
  await again.close();
});

test("a key of before there were ceilings has none", async () => {
  const at = directoryOfSchema(17, (database) => {
    database.exec(`INSERT INTO users (id, email, name, search, plan, admin, preferences, created_at)
      VALUES ('user-1', 'zoe@example.org', '"Zoë"', 'zoe', 'free', 0, '{}', 1)`);
    database.exec(`INSERT INTO keys (id, hash, user, name, hint, scopes, created_at)
      VALUES ('key-1', 'hash-1', 1, '"ci"', 'qs_1a2b', '["run"]', 1)`);
  });
  const store = openEmbeddedStore(at);
  const found = await store.accounts.findKey("hash-1", NOW);
  assert.deepEqual([found?.key.id, found?.user.id], ["key-1", "user-1"]);
  assert.deepEqual([found?.key.requestsPerMinute, found?.key.runsPerDay], [null, null]);
  await store.close();
});

/** The number of commits in the write-ahead log: frames whose header contains the database size after the commit. */
function commits(at: string): number {
  const log = fs.readFileSync(path.join(at, "quicksand.db-wal"));
  const frameBytes = 24 + log.readUInt32BE(8);
  let found = 0;
  for (let frame = 32; frame + frameBytes <= log.length; frame += frameBytes) {
    if (log.readUInt32BE(frame + 4) > 0) found += 1;
  }
  return found;
}

test("an accepted run is one commit, and a refused one none", async () => {
  const at = freshDirectory();
  const store = openEmbeddedStore(at);
  await finishedRun(store);
  const before = commits(at);
  const run = aRun();
  assert.equal((await accept(store, run, { limit: 1 })).accepted, true);
  assert.equal(commits(at) - before, 1);
  const next = aRun({ owner: run.owner, createdAt: run.createdAt });
  assert.equal((await accept(store, next, { limit: 1 })).accepted, false);
  await assert.rejects(accept(store, { ...run, owner: "other" }));
  assert.equal(commits(at) - before, 1);
  await store.close();
});

test("lists of users, the audit log, hours and a session's user are read from indexes, in their order", () => {
  const at = freshDirectory();
  new EmbeddedDatabase(at).close();
  const database = new Database(path.join(at, "quicksand.db"));
  const planOf = (sql: string) => {
    const values = Array.from({ length: sql.split("?").length - 1 }, () => 1);
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    return steps.map((step) => step.detail);
  };
  const uses = (sql: string, ...indexes: string[]) => {
    const plan = planOf(sql);
    for (const index of indexes) {
      assert.ok(
        plan.some((step) => step.startsWith("SEARCH") && step.includes(index)),
        `${index}: ${plan.join("; ")}`,
      );
    }
    return plan.join("; ");
  };
  const whole = /SCAN (users|sessions|identities|keys|audit|runs)\b|TEMP B-TREE/;
  const session = uses(SESSION_STATEMENT, "sessions USING PRIMARY KEY", "users USING INTEGER PRIMARY KEY");
  assert.doesNotMatch(session, whole);
  assert.doesNotMatch(uses(USER_PAGE_STATEMENT, "users_by_time", "identities_of_user"), whole);
  assert.doesNotMatch(uses(AUDIT_STATEMENTS.all, "audit_by_time"), whole);
  assert.doesNotMatch(uses(AUDIT_STATEMENTS.action, "audit_of_action"), whole);
  assert.doesNotMatch(uses(CASE_PAGE_STATEMENT, "report_cases_by_time"), whole);
  assert.doesNotMatch(
    uses(HOUR_STATEMENT, "COVERING INDEX runs_by_time", "COVERING INDEX runs_failed"),
    whole,
  );
  assert.doesNotMatch(uses(REMOVALS_STATEMENT, "kept_removed"), /SCAN/);
  // The two index scans are merged, at most a page of each.
  for (const sql of [AUDIT_STATEMENTS.account, AUDIT_STATEMENTS.accountAndAction])
    assert.doesNotMatch(uses(sql, "audit_of_actor", "audit_of_subject"), /SCAN audit\b/);
  database.close();
});

test("a later version's database is refused with what to do, and left as it is; an update that was cut short goes on", async () => {
  const at = directoryOfSchema(MIGRATIONS.length, (database) => {
    database.exec("CREATE TABLE of_later (x)");
    database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  });
  const file = path.join(at, "quicksand.db");
  const before = fs.readFileSync(file);
  const words = `The database has schema ${MIGRATIONS.length + 1}; this Quicksand knows up to ${MIGRATIONS.length}. Start the newer Quicksand that wrote it, or restore a backup from before.`;
  for (let times = 0; times < 2; times++) assert.throws(() => openEmbeddedStore(at), { message: words });
  assert.deepEqual(fs.readFileSync(file), before);

  const half = directoryOfSchema(3, (database) => insertOldRun(database, 1, "kept", "success"));
  const store = openEmbeddedStore(half);
  assert.equal((await store.findRun("kept", "guest-1"))?.status, "success");
  await store.close();
});

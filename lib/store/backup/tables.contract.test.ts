import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { createLog } from "../../log";
import { openEmbeddedStore } from "../embedded";
import { openBeside } from "../embedded/open-beside";
import type { Store } from "../index";
import { openMongoStore } from "../mongo";
import { MongoDatabase } from "../mongo/database";
import { startMongoServer } from "../testing/mongo-server";
import { overMongo } from "../testing/over-mongo";
import { type BackupPlace, backUp, restore } from "./index";
import { fill } from "./testing/filled";

/*
 * A new table or collection fails these tests until it is said here what a backup does with it. What is in the backup has to be filled by
 * `testing/filled.ts`, and has rows again after a restore.
 */

type Role = "in the backup" | "computed or temporary";

const TABLES: Readonly<Record<string, Role>> = {
  users: "in the backup",
  identities: "in the backup",
  two_factor: "in the backup",
  sessions: "in the backup",
  tokens: "in the backup",
  keys: "in the backup",
  admin_code: "in the backup",
  audit: "in the backup",
  webhooks: "in the backup",
  deliveries: "in the backup",
  programs: "in the backup",
  program_contents: "in the backup",
  session_files: "in the backup",
  runs: "in the backup",
  run_requests: "in the backup",
  run_results: "in the backup",
  run_search: "computed or temporary",
  artifacts: "in the backup",
  report_cases: "in the backup",
  usage: "in the backup",
  /** Totals, which are computed, and what was removed, which is not. */
  kept: "in the backup",
  kept_of_plan: "computed or temporary",
  answers: "in the backup",
  counts: "in the backup",
};

const COLLECTIONS: Readonly<Record<string, Role>> = {
  users: "in the backup",
  sessions: "in the backup",
  tokens: "in the backup",
  keys: "in the backup",
  adminCodes: "in the backup",
  audit: "in the backup",
  webhooks: "in the backup",
  deliveries: "in the backup",
  programs: "in the backup",
  sessionFiles: "in the backup",
  runs: "in the backup",
  requests: "in the backup",
  results: "in the backup",
  artifacts: "in the backup",
  artifactParts: "in the backup",
  reportCases: "in the backup",
  usage: "in the backup",
  /** As the table `kept`. */
  kept: "in the backup",
  answers: "in the backup",
  counts: "in the backup",
  /** Until a deletion is certain. */
  deletions: "computed or temporary",
  instances: "computed or temporary",
  locks: "computed or temporary",
  schema: "computed or temporary",
};

const log = createLog("silent");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-tables-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

async function assertCarried(
  roles: Readonly<Record<string, Role>>,
  from: { place: BackupPlace; store: Store; rows: () => Promise<Record<string, number>> },
  to: { place: BackupPlace; rows: () => Promise<Record<string, number>> },
): Promise<void> {
  await fill(from.store);
  await from.store.close();
  const file = path.join(folder, "all.backup");
  await backUp(file, from.place, { secret: null, version: "1.2.3" });
  await restore(file, to.place, { replace: false });
  for (const rows of [await from.rows(), await to.rows()]) {
    assert.deepEqual(Object.keys(rows).sort(), Object.keys(roles).sort());
    const saved = Object.keys(roles).filter((name) => roles[name] === "in the backup");
    assert.deepEqual(
      saved.filter((name) => rows[name] === 0),
      [],
      "have no rows",
    );
  }
}

await overMongo((server) => {
  test("every collection is in the backup, or known to be computed or temporary", async () => {
    const second = await startMongoServer(process.env, { own: true });
    after(() => second.stop());
    const machine = (uri: string) => {
      const mongo = { uri, log, answerWithinMs: 20_000 };
      const rows = async () => {
        const database = new MongoDatabase(mongo);
        const counted = await database.step((models) =>
          Promise.all(
            Object.entries(models).map(async ([name, model]) => [name, await model.estimatedDocumentCount()]),
          ),
        );
        await database.close();
        return Object.fromEntries(counted);
      };
      return { place: { dataDir: folder, mongo }, rows };
    };
    const from = machine(server.uri);
    await assertCarried(
      COLLECTIONS,
      { ...from, store: openMongoStore(from.place.mongo) },
      machine(second.uri),
    );
  });
});

test("every table of the embedded database is in the backup, or known to be computed or temporary", async () => {
  const machine = (name: string) => {
    const dataDir = path.join(folder, name);
    const rows = async () => {
      const database = openBeside(dataDir);
      const tables = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .all() as { name: string }[];
      const counted = tables.map(({ name }) => {
        const [row] = database.prepare(`SELECT count(*) AS amount FROM ${name}`).all() as {
          amount: number;
        }[];
        return [name, row?.amount ?? 0];
      });
      database.close();
      return Object.fromEntries(counted);
    };
    return { place: { dataDir }, rows };
  };
  const from = machine("from");
  await assertCarried(TABLES, { ...from, store: openEmbeddedStore(from.place.dataDir) }, machine("to"));
});

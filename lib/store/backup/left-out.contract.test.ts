import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import { aKey, aSession, aToken, createdUser, later, NOW } from "../contract/account-fixtures";
import { aStoredRun, listedIds, newId } from "../contract/fixtures";
import { openEmbeddedStore } from "../embedded";
import type { Store } from "../index";
import { openMongoStore } from "../mongo";
import { withDatabase } from "../testing/mongo-server";
import { overMongo } from "../testing/over-mongo";
import { writeBackup } from "./file";
import { type BackupPlace, backUp, restore } from "./index";
import type { BackupRecord, RecordOf } from "./records";
import { HEADER } from "./testing/made";

const log = createLog("silent");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-left-out-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let paths = 0;
const fresh = (): string => path.join(folder, `${++paths}`);

async function fileOf(records: readonly BackupRecord[]): Promise<string> {
  const file = fresh();
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeBackup(out, HEADER, Readable.from(records))]);
  fs.writeFileSync(file, bytes);
  return file;
}

function aUser(id: string, user: Partial<RecordOf<"user">> = {}): RecordOf<"user"> {
  return {
    ...{ kind: "user", id, email: `${id}@example.org`, emailProvenAt: null, name: id, passwordHash: null },
    ...{ identities: [], plan: "free", madeFrom: null, admin: false, suspendedAt: null, waiting: false },
    ...{ preferences: {}, createdAt: NOW, lastSeenAt: null, twoFactor: null, ...user },
  };
}

const aStored = (owner: string, plan: "guest" | "free"): RecordOf<"run"> => ({
  ...{ kind: "run", ...aStoredRun({ owner, plan }), running: null },
});
const aFile = (run: string): RecordOf<"artifact"> => ({
  ...{ kind: "artifact", run, name: "plot.png", type: "image/png", bytes: Buffer.from("abc") },
});
function aProgram(owner: string, plan: "guest" | "free"): RecordOf<"program"> {
  const content = { language: "python", code: "1", stdin: "", args: "", files: [], tests: [] };
  return {
    ...{ kind: "program", id: newId(), owner, plan, title: "t", titleSource: "typed", revision: 1 },
    ...{ createdAt: NOW, updatedAt: NOW, expiresAt: null, content },
  };
}
const aSessionFile = (owner: string, plan: "guest" | "free"): RecordOf<"sessionFile"> => ({
  ...{ kind: "sessionFile", id: newId(), session: "s", owner, plan, name: "n", type: "t", createdAt: NOW },
  ...{ expiresAt: later(1e12), bytes: Buffer.from("abc") },
});
const aWebhook = (owner: string): RecordOf<"webhook"> => ({
  ...{ kind: "webhook", id: newId(), owner, url: "https://example.org/", sealedSecret: "s", createdAt: NOW },
});
const aDelivery = (webhook: string): RecordOf<"delivery"> => ({
  ...{ kind: "delivery", id: newId(), webhook, run: "r", body: "b", status: "pending", createdAt: NOW },
  ...{ nextAt: NOW, expiresAt: later(1e12), attempts: [] },
});
const aCase = (run: string): RecordOf<"case"> => ({
  ...{ kind: "case", id: newId(), run, open: true, openedAt: NOW, complaints: [] },
  ...{ decision: null, decidedAt: null, decidedBy: null },
});

function leftOutContract(place: BackupPlace, open: () => Store): void {
  test("what belongs to nobody who is in the backup is left out and counted, and a guest's things are not", async () => {
    const [user, gone] = [newId(), newId()];
    const [kept, lost, guests] = [aStored(user, "free"), aStored(gone, "free"), aStored("guest_x", "guest")];
    const [hook, lostHook] = [aWebhook(user), aWebhook(gone)];
    const file = await fileOf([
      ...[aUser(user), aUser(newId(), { email: `${user}@example.org` })],
      ...[user, gone].map((id) => ({ kind: "session" as const, ...aSession(id) })),
      ...[user, gone].map((id) => ({ kind: "token" as const, ...aToken(id) })),
      ...[user, gone].map((id) => ({ kind: "key" as const, ...aKey(id), scopes: [] })),
      ...[hook, lostHook, aDelivery(hook.id), aDelivery(lostHook.id)],
      ...[aProgram(user, "free"), aProgram(gone, "free"), aProgram("guest_x", "guest")],
      ...[aSessionFile(user, "free"), aSessionFile(gone, "free"), aSessionFile("guest_x", "guest")],
      ...[kept, aFile(kept.id), lost, aFile(lost.id), guests, aFile(guests.id)],
      ...[aCase(kept.id), aCase(lost.id)],
    ]);
    const { leftOut } = await restore(file, place, { replace: true });
    assert.deepEqual(leftOut, {
      ...{ user: 1, session: 1, token: 1, key: 1, webhook: 1, delivery: 1, program: 1, sessionFile: 1 },
      ...{ run: 1, artifact: 1, case: 1 },
    });
    const store = open();
    assert.deepEqual(await listedIds(store, user), [kept.id]);
    assert.deepEqual(await listedIds(store, gone), []);
    assert.deepEqual(await listedIds(store, "guest_x"), [guests.id]);
    assert.equal((await store.findArtifact(guests.id, "plot.png", "guest_x"))?.size, 3);
    const programs = [user, gone, "guest_x"].map(
      async (owner) => (await store.programs.kept(owner)).programs,
    );
    assert.deepEqual(await Promise.all(programs), [1, 0, 1]);
    await store.close();
  });

  test("what is there twice is said in words", async () => {
    const user = aUser(newId());
    const [session, key] = [aSession(user.id), aKey(user.id)];
    const [hook, run] = [aWebhook(user.id), aStored(user.id, "free")];
    const [delivery, file, reportCase] = [aDelivery(hook.id), aSessionFile(user.id, "free"), aCase(run.id)];
    for (const record of [
      { kind: "session" as const, ...session },
      { kind: "key" as const, ...key, scopes: [] },
      ...[delivery, file, reportCase],
    ] satisfies BackupRecord[]) {
      // Another hash: of two keys that are the same, one may be taken for a write that was sent again.
      const again = record.kind === "key" ? { ...record, hash: newId() } : record;
      const records = [user, hook, run, record, again];
      await assert.rejects(
        restore(await fileOf(records), place, { replace: true }),
        (error) => {
          assert.match(
            String(error),
            /This backup is damaged: it has a record of kind "\w+" twice/,
            record.kind,
          );
          assert.ok(error instanceof AppError && error.code === "invalid_request");
          return true;
        },
        record.kind,
      );
    }
    const { leftOut } = await restore(await fileOf([user, run, run]), place, { replace: true });
    assert.deepEqual(leftOut, { run: 1 });
  });
}

await overMongo((server) => {
  const mongo = { uri: server.uri, log, answerWithinMs: 20_000 };
  leftOutContract({ dataDir: fresh(), mongo }, () => openMongoStore(mongo));

  test("what was added by somebody who signed up while MongoDB's backup was made is not restored", async () => {
    const place = { dataDir: fresh(), mongo };
    const store = openMongoStore(mongo);
    const [early, late] = [await createdUser(store.accounts), await createdUser(store.accounts)];
    for (const { id: owner } of [early, late]) await store.importRuns([aStoredRun({ owner })]);
    await store.close();
    // As it is when the users were read before.
    await withDatabase(server.uri, async (connection) => {
      await connection.collection<{ _id: string }>("users").deleteOne({ _id: late.id });
    });
    const file = fresh();
    await backUp(file, place, { secret: null, version: "1.2.3" });
    const { leftOut } = await restore(file, place, { replace: true });
    assert.deepEqual(leftOut, { run: 1 });
  });
});

describe("in the embedded database", () => {
  const dataDir = fresh();
  leftOutContract({ dataDir }, () => openEmbeddedStore(dataDir));
});

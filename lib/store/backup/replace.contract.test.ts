import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import { createdUser } from "../contract/account-fixtures";
import { openEmbeddedStore } from "../embedded";
import type { Store } from "../index";
import { openMongoStore } from "../mongo";
import type { SentCommand } from "../mongo/database";
import { withDatabase } from "../testing/mongo-server";
import { overMongo } from "../testing/over-mongo";
import { type BackupPlace, backUp, restore } from "./index";
import { FIRST_LINE, made } from "./testing/made";

const log = createLog("silent");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-replace-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let paths = 0;
const fresh = (): string => path.join(folder, `${++paths}`);

const code = (expected: string) => (error: unknown) => error instanceof AppError && error.code === expected;

/** A file with these bytes. */
function fileOf(bytes: Buffer): string {
  const file = fresh();
  fs.writeFileSync(file, bytes);
  return file;
}

function replaceContract(place: BackupPlace, open: () => Store): void {
  before(async () => {
    const store = open();
    await store.accounts.countUsers();
    await store.close();
  });

  test("the secret is on disk before anything is replaced, and is the server's before anybody can open the store", async () => {
    const saved = fresh();
    await backUp(saved, place, { secret: "s", version: "1.2.3" });
    const told: string[] = [];
    const opened = async () => {
      const store = open();
      await store.accounts.countUsers();
      await store.close();
    };
    const options = {
      replace: true,
      async draftSecret(secret: string) {
        told.push(`drafted ${secret}`);
        await opened();
        return {
          async keep() {
            told.push("kept");
            await assert.rejects(async () => opened(), code("store_unavailable"));
          },
          discard: async () => void told.push("discarded"),
        };
      },
    };
    await restore(saved, place, options);
    assert.deepEqual(told.splice(0), ["drafted s", "kept"]);
    await opened();
    const failing = async (secret: string) => {
      const draft = await options.draftSecret(secret);
      return { ...draft, keep: () => Promise.reject(new Error("no room")) };
    };
    await assert.rejects(restore(saved, place, { ...options, draftSecret: failing }), /no room/);
    assert.deepEqual(told, ["drafted s", "discarded"]);
    await restore(saved, place, { replace: true });
  });

  test("a backup with a record that cannot be read is refused before what it would replace is lost", async () => {
    const before = open();
    const user = await createdUser(before.accounts);
    await before.close();
    for (const record of [{ kind: "of later" }, { kind: "count", key: "k", points: "many" }]) {
      await assert.rejects(restore(fileOf(made(FIRST_LINE, record)), place, { replace: true }), (error) => {
        assert.match(String(error), /a record that this Quicksand cannot read/);
        return code("invalid_request")(error);
      });
    }
    const still = open();
    assert.equal((await still.accounts.getUser(user.id))?.email, user.email);
    await still.close();
  });
}

await overMongo((server) => {
  const mongo = { uri: server.uri, log, answerWithinMs: 20_000 };
  replaceContract({ dataDir: fresh(), mongo }, () => openMongoStore(mongo));

  /** The commands that are sent for work, in words. */
  async function sentFor(
    work: (onCommand: (sent: SentCommand) => void) => Promise<unknown>,
  ): Promise<string[]> {
    const sent: string[] = [];
    await work(({ name, command }) => {
      const restore = JSON.stringify(command).includes('"_id":"restore"') ? " restore" : "";
      sent.push(`${name} ${command[name]}${restore}`);
    });
    return sent;
  }

  test("a server is seen before it looks for a restore's mark, and a restore looks for servers once it has set it", async () => {
    const uri = new URL(server.uri);
    uri.pathname = `${uri.pathname}_race`;
    const options = { ...mongo, uri: uri.href };
    const opened = await sentFor(async (onCommand) => {
      const store = openMongoStore({ ...options, onCommand });
      await store.accounts.countUsers();
      await store.close();
    });
    const seen = opened.indexOf("findAndModify instances");
    const looked = opened.indexOf("find schema restore", seen);
    const began = opened.findIndex((words) => /^create/.test(words));
    assert.ok(0 <= seen && seen < looked && looked < began, opened.join("\n"));

    const saved = fresh();
    const place = { dataDir: fresh(), mongo: options };
    await backUp(saved, place, { secret: null, version: "1.2.3" });
    const restored = await sentFor((onCommand) =>
      restore(saved, { ...place, mongo: { ...options, onCommand } }, { replace: true }),
    );
    const marked = restored.indexOf("update schema restore");
    const asked = restored.indexOf("find instances", marked);
    const emptied = restored.findIndex((words) => /^drop/.test(words));
    assert.ok(0 <= marked && marked < asked && asked < emptied, restored.join("\n"));
  });

  test("a database of a later version is replaced, as after a return to an older one", async () => {
    const saved = fresh();
    const place = { dataDir: fresh(), mongo };
    const store = openMongoStore(mongo);
    const user = await createdUser(store.accounts);
    await store.close();
    await backUp(saved, place, { secret: null, version: "1.2.3" });
    await withDatabase(server.uri, async (connection) => {
      await connection
        .collection<{ _id: string }>("schema")
        .updateOne({ _id: "quicksand" }, { $set: { version: 999 } });
    });
    const later = openMongoStore(mongo);
    await assert.rejects(later.accounts.countUsers(), /has schema 999/);
    await later.close();
    await restore(saved, place, { replace: true });
    const again = openMongoStore(mongo);
    assert.equal((await again.accounts.getUser(user.id))?.email, user.email);
    await again.close();
  });
});

describe("in the embedded database", () => {
  const dataDir = fresh();
  replaceContract({ dataDir }, () => openEmbeddedStore(dataDir));

  for (const [what, spoil] of [
    ["that is none", () => Buffer.from("no database ".repeat(1_000))],
    ["whose tables are damaged", (whole: Buffer) => whole.fill(0x55, 100)],
  ] as const) {
    test(`a database ${what} is refused with words, and with --replace restored over and kept aside`, async () => {
      const place = { dataDir: fresh() };
      const file = path.join(place.dataDir, "quicksand.db");
      const saved = fresh();
      const store = openEmbeddedStore(place.dataDir);
      const user = await createdUser(store.accounts);
      await backUp(saved, place, { secret: null, version: "1.2.3" });
      await store.close();
      const spoilt = spoil(fs.readFileSync(file));
      fs.writeFileSync(file, spoilt);
      fs.writeFileSync(`${file}-wal`, "of the one that is damaged");

      await assert.rejects(restore(saved, place, { replace: false }), (error) => {
        assert.match(
          String(error),
          /quicksand\.db is no database, or a damaged one\. Give --replace to restore/,
        );
        return code("conflict")(error);
      });
      assert.deepEqual(fs.readFileSync(file), spoilt);
      await restore(saved, place, { replace: true });
      const again = openEmbeddedStore(place.dataDir);
      assert.equal((await again.accounts.getUser(user.id))?.email, user.email);
      await again.close();
      const aside = fs.readdirSync(place.dataDir).filter((name) => name.startsWith("quicksand.db.damaged-"));
      assert.equal(aside.length, 1);
      assert.deepEqual(fs.readFileSync(path.join(place.dataDir, aside[0] ?? "")), spoilt);
    });
  }
});

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import { createdUser } from "../contract/account-fixtures";
import { openEmbeddedStore } from "../embedded";
import type { Store } from "../index";
import { openMongoStore } from "../mongo";
import { overMongo } from "../testing/over-mongo";
import { type BackupPlace, restore } from "./index";
import { FIRST_LINE, made } from "./testing/made";

const log = createLog("silent");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-replace-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let paths = 0;
const fresh = (): string => path.join(folder, `${++paths}`);

/** A file with these bytes. */
function fileOf(bytes: Buffer): string {
  const file = fresh();
  fs.writeFileSync(file, bytes);
  return file;
}

function replaceContract(place: BackupPlace, open: () => Store): void {
  test("a backup with a record that cannot be read is refused before what it would replace is lost", async () => {
    const before = open();
    const user = await createdUser(before.accounts);
    await before.close();
    for (const record of [{ kind: "of later" }, { kind: "count", key: "k", points: "many" }]) {
      await assert.rejects(restore(fileOf(made(FIRST_LINE, record)), place, { replace: true }), (error) => {
        assert.ok(error instanceof AppError && error.code === "invalid_request", String(error));
        assert.match(error.message, /a record that this Quicksand cannot read/);
        return true;
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
});

describe("in the embedded database", () => {
  const dataDir = fresh();
  replaceContract({ dataDir }, () => openEmbeddedStore(dataDir));
});

import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { mock, test } from "node:test";
import { createLog } from "../log";
import { openStore } from "./open";

const log = createLog("silent");

test("with nothing configured runs are kept in the data directory", async (context) => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-open-"));
  context.after(() => fs.rmSync(dataDir, { recursive: true }));
  const store = openStore({ dataDir, mongodbUri: undefined }, log);
  assert.deepEqual(await store.health(), { ok: true, kind: "embedded" });
  await store.close();
  assert.ok(fs.existsSync(path.join(dataDir, "quicksand.db")));
});

test("a MongoDB that is down is reported, and does not keep the store from opening", async () => {
  // Port 9 is discard, where nothing listens.
  const store = openStore({ dataDir: "/nowhere", mongodbUri: "mongodb://127.0.0.1:9/quicksand" }, log);
  const health = await store.health();
  assert.deepEqual([health.ok, health.kind], [false, "mongodb"]);
  assert.match(health.message ?? "", /MONGODB_URI/);
  await store.close();
});

test("a MongoDB that takes connections and never answers is given up in time to answer within two seconds", async (t) => {
  const silent = net.createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  t.after(() => silent.close());
  const { port } = silent.address() as net.AddressInfo;
  const mongodbUri = `mongodb://127.0.0.1:${port}/quicksand?directConnection=true`;
  const store = openStore({ dataDir: "/nowhere", mongodbUri }, log);
  t.after(() => store.close());
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const health = store.health();
  mock.timers.tick(1_700);
  assert.deepEqual(await health, {
    ok: false,
    kind: "mongodb",
    message: "MongoDB did not answer within 1700 ms: try again.",
  });
});

test("an address that is none is said, without what it may hold of a password", async () => {
  const store = openStore({ dataDir: "/nowhere", mongodbUri: "mongodb://user:secret@/x?w=y=z" }, log);
  const { ok, message } = await store.health();
  assert.equal(ok, false);
  assert.match(message ?? "", /MONGODB_URI cannot be used/);
  assert.doesNotMatch(message ?? "", /secret/);
  await store.close();
});

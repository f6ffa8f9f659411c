import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { readEnv } from "../env";
import { createLog } from "../log";
import { createServices } from "../services";
import { createWorker } from "../worker";

const log = createLog("silent");

function folder(context: TestContext): string {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-settings-"));
  context.after(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

test("a worker without Redis says what to set, and leaves the database of a single process alone", async (context) => {
  const dataDir = folder(context);
  const env = readEnv({ NODE_ENV: "test", QUICKSAND_DATA_DIR: dataDir });
  await assert.rejects(createWorker(env, { log }), /set REDIS_URL, and MONGODB_URI/);
  assert.deepEqual(readdirSync(dataDir), []);
});

test("web processes that would each sign with a secret of their own are not started", async (context) => {
  const env = readEnv({
    NODE_ENV: "test",
    QUICKSAND_DATA_DIR: folder(context),
    REDIS_URL: "redis://127.0.0.1:9",
    MONGODB_URI: "mongodb://127.0.0.1:9/quicksand",
  });
  await assert.rejects(createServices(env, { log }), /set NEXTAUTH_SECRET, the same at each/);
});

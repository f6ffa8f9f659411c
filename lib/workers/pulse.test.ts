import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { Pulse } from "./pulse";

const CHECK = path.join(import.meta.dirname, "../../bin/health.mjs");

function folder(t: TestContext): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "quicksand-pulse-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function check(dataDir: string, ...words: string[]) {
  const env = { ...process.env, QUICKSAND_DATA_DIR: dataDir };
  const { status, stdout } = spawnSync(process.execPath, [CHECK, "worker", ...words], {
    ...{ env, encoding: "utf8" },
  });
  return { status, said: stdout.trim() };
}

test("the health check of a worker's container says what the worker notes, and only a worker that hangs is restarted", async (t) => {
  const dataDir = folder(t);
  assert.equal(check(dataDir).status, 1, "nothing is noted yet");
  const pulse = new Pulse(dataDir);
  await pulse.beat({ problem: null });
  assert.deepEqual(check(dataDir), { status: 0, said: "ok" });

  await pulse.beat({ problem: "Docker is not running." });
  assert.deepEqual(check(dataDir), { status: 1, said: "Docker is not running." });
  assert.deepEqual(check(dataDir, "live"), { status: 0, said: "ok" });

  const notes = path.join(dataDir, "workers");
  assert.deepEqual(readdirSync(notes), [`${os.hostname()}.json`], "no drafts are left");
  const at = new Date(Date.now() - 60_000).toISOString();
  writeFileSync(path.join(notes, `${os.hostname()}.json`), JSON.stringify({ at, problem: null }));
  assert.match(check(dataDir, "live").said, /has written nothing since .*: it hangs, or has ended/);

  await pulse.end();
  assert.equal(check(dataDir, "live").status, 1, "a worker that has ended is not healthy");
});

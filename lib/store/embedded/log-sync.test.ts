import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, type TestContext, test } from "node:test";
import { LogSync } from "./log-sync";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-log-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

function log(t: TestContext) {
  const file = path.join(folder, "a-wal");
  fs.writeFileSync(file, "frames");
  const sync = new LogSync(file);
  t.after(() => sync.close());
  return sync;
}

/** What has been settled by now. */
function noted(syncs: Record<string, Promise<void>>) {
  const settled: string[] = [];
  for (const [name, sync] of Object.entries(syncs)) {
    sync.then(
      () => settled.push(name),
      () => settled.push(`${name} rejected`),
    );
  }
  return settled;
}

test("whoever asks while a sync is under way waits for the next, which those share", async (t) => {
  const sync = log(t);
  const [first, second, third] = [sync.sync(), sync.sync(), sync.sync()];
  const settled = noted({ first, second, third });
  await first;
  assert.deepEqual(settled, ["first"]);
  await Promise.all([second, third]);
  assert.deepEqual(settled, ["first", "second", "third"]);
});

test("what waits when the log is closed is on disk by then, and the file is let go of", async () => {
  const file = path.join(folder, "b-wal");
  fs.writeFileSync(file, "frames");
  const open = () => fs.readdirSync("/proc/self/fd").filter((fd) => linkOf(fd) === file).length;
  const sync = new LogSync(file);
  const waiting = [sync.sync(), sync.sync()];
  sync.close();
  sync.close();
  await Promise.all(waiting);
  await new Promise(setImmediate);
  assert.equal(open(), 0);
});

test("a log that is not there, and a disk that refuses, are errors", async (t) => {
  assert.throws(() => new LogSync(path.join(folder, "none-wal")), { code: "ENOENT" });
  // A device that cannot be synced.
  const sync = new LogSync("/dev/null");
  t.after(() => sync.close());
  await assert.rejects(sync.sync(), { code: "EINVAL" });
});

function linkOf(descriptor: string): string {
  try {
    return fs.readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}

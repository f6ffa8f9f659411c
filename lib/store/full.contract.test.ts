import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors";
import { createLog } from "../log";
import { accept, aRequest, aResult, aRun, newOwner } from "./contract/fixtures";
import { openEmbeddedStore } from "./embedded";
import type { NewRun, Store } from "./index";
import { openMongoStore } from "./mongo";
import { NoMongoServer, startMongoServer } from "./testing/mongo-server";

const MB = 1_048_576;
const LIMIT_BYTES = 44 * MB;
const PRINTED = "a line that a program printed\n".repeat(35_000);
const isFull = (error: unknown) => error instanceof AppError && error.code === "store_full";

/** A run of about 2.9 MB, from its acceptance to its end. */
async function keepRun(store: Store, owner: string): Promise<NewRun> {
  const run = aRun({ owner, request: aRequest({ stdin: PRINTED.slice(0, 900_000) }) });
  await accept(store, run);
  const bytes = Buffer.alloc(MB, run.id);
  await store.putArtifacts(run.id, [{ name: "a", type: "text/plain", bytes }]);
  const output = { stdout: PRINTED, stderr: "", exitCode: 0, signal: null, truncated: false };
  const artifacts = [{ name: "a", type: "text/plain", bytes: bytes.length, url: "/a" }];
  await store.finishRun(run.id, aResult(run, { output, artifacts }));
  return run;
}

/** Keeps runs until one is refused; returns those that were accepted. */
async function fill(store: Store, owner: string): Promise<{ runs: NewRun[]; refusal: AppError }> {
  const runs: NewRun[] = [];
  for (;;) {
    assert.ok(runs.length < 100, "more is kept than there is room for");
    try {
      runs.push(await keepRun(store, owner));
    } catch (error) {
      assert.ok(isFull(error) && error instanceof AppError, `${error}`);
      return { runs, refusal: error };
    }
  }
}

async function assertKept(store: Store, runs: readonly NewRun[]): Promise<void> {
  for (const { id, owner } of runs) {
    assert.equal((await store.findRun(id, owner))?.result?.output.stdout, PRINTED, id);
    assert.equal((await store.findArtifact(id, "a", owner))?.size, MB, id);
  }
}

/** Room is given back in the background. */
async function hasRoom(store: Store): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await store.health()).ok) return true;
    await sleep(50);
  }
  return false;
}

/** Fills a store of 44 MB and makes room in it again. */
async function fillAndFree(store: Store): Promise<NewRun[]> {
  const owner = newOwner();
  const { runs, refusal } = await fill(store, owner);
  assert.ok(runs.length >= 4, `only ${runs.length} runs were taken`);
  assert.match(refusal.message, /no room .*Delete runs .*read and deleted meanwhile/);
  assert.deepEqual([refusal.httpStatus, refusal.retryAfterS], [503, 60]);
  const health = await store.health();
  assert.deepEqual([health.ok, health.full], [false, true]);
  assert.match(health.message ?? "", /\d MB of room left and a reserve of 16 MB.*delete runs/);
  await assertKept(store, runs);

  // A server is asked once a second for its room, and takes some runs of the reserve meanwhile.
  let deleted = 0;
  do {
    const run = runs.shift();
    assert.ok(run, `still full without runs: ${(await store.health()).message}`);
    assert.equal(await store.deleteRun(run.id, owner), true);
    deleted += 1;
  } while (deleted < 3 || !(await hasRoom(store)));
  assert.ok(runs.length > 0, "deleting some was not enough");
  runs.push(await keepRun(store, owner));
  await assertKept(store, runs);
  return runs;
}

describe("the embedded store", { skip: notRoot() }, () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${LIMIT_BYTES}`, "tmpfs", directory]);
  const store = openEmbeddedStore(directory);
  after(async () => {
    await store.close();
    // Lazily: SQLite's files are closed when their statements are collected.
    execFileSync("umount", ["--lazy", directory]);
    fs.rmdirSync(directory);
  });
  let runs: NewRun[] = [];

  test("on a disk of 44 MB refuses runs below its reserve, loses none, and goes on when some are deleted", async () => {
    runs = await fillAndFree(store);
  });

  test("deletes also when another program has filled the disk to the last byte", async () => {
    const filler = path.join(directory, "filler");
    const file = fs.openSync(filler, "w");
    assert.throws(() => {
      for (;;) if (fs.writeSync(file, Buffer.alloc(65_536, 1)) < 65_536) throw new Error("ENOSPC");
    }, /ENOSPC/);
    fs.closeSync(file);
    const [first] = runs.splice(0, 1);
    assert.ok(first);
    await assert.rejects(accept(store, aRun()), isFull);
    assert.equal(await store.deleteRun(first.id, first.owner), true);
    fs.rmSync(filler);
    assert.ok(await hasRoom(store), (await store.health()).message);
    await keepRun(store, first.owner);
    await assertKept(store, runs);
  });
});

test("the embedded store takes no more than its limit, where the disk has more", async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-limit-"));
  const store = openEmbeddedStore(directory, LIMIT_BYTES);
  await fillAndFree(store);
  const bytes = fs
    .readdirSync(directory)
    .reduce((sum, name) => sum + fs.statSync(path.join(directory, name)).size, 0);
  assert.ok(bytes < LIMIT_BYTES, `${bytes} bytes`);
  await store.close();
  fs.rmSync(directory, { recursive: true });
});

const server = await startMongoServer(process.env, { own: true }).catch((error: unknown) => {
  if (error instanceof NoMongoServer) return error;
  throw error;
});
const away = server instanceof NoMongoServer ? server.message : false;

test("the store on MongoDB refuses runs below its reserve, loses none, and goes on when some are deleted", {
  skip: process.env.CI ? false : away,
}, async () => {
  if (server instanceof NoMongoServer) throw server;
  const log = createLog("silent");
  const store = openMongoStore({ uri: server.uri, log, answerWithinMs: 20_000, limitBytes: LIMIT_BYTES });
  try {
    await fillAndFree(store);
  } finally {
    await store.close();
    await server.stop();
  }
});

/** Mounting a small disk takes root. In CI a skipped half would go unnoticed. */
function notRoot(): string | false {
  return process.getuid?.() === 0 || process.env.CI ? false : "only root can mount a disk of 44 MB";
}

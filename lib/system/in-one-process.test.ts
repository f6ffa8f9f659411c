import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { inOneProcess } from "./in-one-process";

function folder(t: TestContext): string {
  const made = mkdtempSync(path.join(os.tmpdir(), "quicksand-claims-"));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("of several that want the work, one is at it at a time, and nothing of it stays", async (t) => {
  const claims = path.join(folder(t), "made-by-it");
  let atIt = 0;
  let most = 0;
  let done = 0;
  const one = () =>
    inOneProcess(
      path.join(claims, "image"),
      () => {},
      async () => {
        most = Math.max(most, ++atIt);
        await new Promise(setImmediate);
        atIt--;
        return ++done;
      },
    );
  assert.deepEqual((await Promise.all([one(), one(), one()])).sort(), [1, 2, 3]);
  assert.equal(most, 1);
  assert.deepEqual(readdirSync(claims), []);
});

test("who waits hears how far the one at work is", async (t) => {
  const claim = path.join(folder(t), "image");
  const heard: number[] = [];
  let finish = () => {};
  const heardSome = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begin = () => {};
  const atWork = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const first = inOneProcess<number, void>(
    claim,
    () => {},
    async (report) => {
      report(40);
      begin();
      await heardSome;
    },
  );
  // Of two that begin at once, either may be the first.
  await atWork;
  const second = inOneProcess<number, void>(
    claim,
    (percent) => {
      heard.push(percent);
      finish();
    },
    async () => {},
  );
  await Promise.all([first, second]);
  assert.deepEqual(heard, [40]);
});

test("work that fails is the failure of the one that did it; the next has its turn", async (t) => {
  const claim = path.join(folder(t), "image");
  const failing = inOneProcess(
    claim,
    () => {},
    async () => {
      throw new Error("no disk");
    },
  );
  await assert.rejects(failing, /no disk/);
  assert.equal(
    await inOneProcess(
      claim,
      () => {},
      async () => "made",
    ),
    "made",
  );
});

test("a process that was killed at work, and another host's, are no obstacle", async (t) => {
  const claim = path.join(folder(t), "image");
  const script = `
    import { inOneProcess } from ${JSON.stringify(path.resolve(import.meta.dirname, "in-one-process.ts"))};
    await inOneProcess(${JSON.stringify(claim)}, () => {}, () => { console.log("at it"); return new Promise(() => setInterval(() => {}, 1000)); });
  `;
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const order: string[] = [];
  const waiting = inOneProcess(
    claim,
    () => {},
    async () => order.push("our turn"),
  );
  order.push("killed");
  child.kill("SIGKILL");
  await waiting;
  assert.deepEqual(order, ["killed", "our turn"]);

  writeFileSync(claim, JSON.stringify({ host: "elsewhere", pid: process.pid, started: null }));
  assert.equal(
    await inOneProcess(
      claim,
      () => {},
      async () => "ours",
    ),
    "ours",
  );
});

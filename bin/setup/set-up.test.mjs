import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { setUpAndRun } from "./set-up.mjs";
import { runsPrograms } from "./settings.mjs";

/** A clone whose packages are there, on a machine without Docker; `begun` is what was done in it. */
function machine(t) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-set-up-"));
  const before = process.env.DOCKER_HOST;
  t.after(() => {
    fs.rmSync(root, { recursive: true, force: true });
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  });
  process.env.DOCKER_HOST = `unix://${path.join(root, "no-engine.sock")}`;
  fs.mkdirSync(path.join(root, "node_modules"));
  for (const file of ["package-lock.json", "node_modules/.package-lock.json"])
    fs.writeFileSync(path.join(root, file), '{ "packages": {} }');
  const begun = [];
  const terminal = {
    line: (text) => begun.push(text),
    error: (text) => begun.push(text),
    step: (title, work) => {
      begun.push(title);
      return work(() => {});
    },
  };
  const parts = {
    dataDir: path.join(root, ".data"),
    build: async () => begun.push("build"),
    run() {
      begun.push("run");
      return { ready: Promise.resolve(), over: Promise.resolve(3) };
    },
  };
  return { begun, start: (environment) => setUpAndRun(terminal, root, { ...parts, ...environment }) };
}

test("a web machine with workers elsewhere is set up without Docker, and nothing of Docker is made there", async (t) => {
  const { begun, start } = machine(t);
  assert.equal(await start({ runsPrograms: false }), 3);
  assert.deepEqual(begun, ["build", "run"]);
});

test("where programs are to run, an engine that does not answer is told before anything begins", async (t) => {
  const { begun, start } = machine(t);
  await assert.rejects(start({ runsPrograms: true }), /No Docker engine answers at DOCKER_HOST/);
  assert.deepEqual(begun, []);
});

test("a process runs programs itself unless Redis leads to workers", () => {
  assert.equal(runsPrograms({}), true);
  assert.equal(runsPrograms({ REDIS_URL: "" }), true);
  assert.equal(runsPrograms({ REDIS_URL: "redis://redis.internal:6379" }), false);
});

/** What the Dockerfile does to our sources, done here: building the whole image takes minutes and needs a registry for npm. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");
const OUTPUT = ".next/standalone";

/** The shell commands of a RUN instruction that mention a word. */
function commandsWith(word) {
  const text = fs.readFileSync(path.join(root, "Dockerfile"), "utf8").replace(/\\\n/g, " ");
  const commands = text
    .split("\n")
    .flatMap((line) => (line.startsWith("RUN ") ? line.slice(4).split("&&") : []));
  return commands.map((command) => command.trim()).filter((command) => command.includes(word));
}

test("the image maker of the container starts, bundled as the Dockerfile bundles it, and finds its recipes", (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-dockerfile-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const commands = [
    ...commandsWith("lib/languages"),
    ...commandsWith("--outfile=.next/standalone/make-images.mjs"),
  ];
  assert.equal(commands.length, 2, "one that copies the languages, one that bundles the maker");
  for (const command of commands) {
    const { status, stderr } = spawnSync("sh", ["-c", command.replaceAll(OUTPUT, folder)], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  }
  // Next.js puts what stays outside of its bundle there, dockerode among it.
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const nowhere = { DOCKER_HOST: `unix://${folder}/no.sock`, QUICKSAND_DATA_DIR: path.join(folder, "data") };
  const { stdout, stderr } = spawnSync(process.execPath, ["make-images.mjs", "bash"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...nowhere },
  });
  const events = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  assert.deepEqual(events[0], { type: "missing", names: ["Bash"] }, stderr);
  assert.equal(events[1].type, "failed");
  assert.match(events[1].message, /Docker is not running/);
});

test("the worker of the container starts, bundled as the Dockerfile bundles it, and says what it needs", (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-dockerfile-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const [command, ...more] = commandsWith("--outfile=.next/standalone/worker.mjs");
  assert.ok(command && more.length === 0);
  const bundled = spawnSync("sh", ["-c", command.replaceAll(OUTPUT, folder)], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(bundled.status, 0, bundled.stderr);
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const { status, stderr } = spawnSync(process.execPath, ["worker.mjs"], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, QUICKSAND_DATA_DIR: path.join(folder, "data") },
  });
  assert.equal(status, 1);
  assert.match(stderr, /A worker takes its runs from Redis: set REDIS_URL/);
});

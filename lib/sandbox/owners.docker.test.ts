import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { connectDocker } from "./docker";
import { createImages } from "./images";
import { labelsOf } from "./labels";
import { containersOf, eventually, languageOf, openSandbox, ownerOf } from "./testing/sandbox-fixture";

const docker = connectDocker();
let dataDir = "";
let owner = "";
const foreign: string[] = [];
const children: ChildProcess[] = [];

before(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), "quicksand-owners-"));
  owner = await ownerOf(dataDir);
});

after(async () => {
  for (const child of children) child.kill("SIGKILL");
  await removeForeign();
  // Left by a failed test. Nothing reaps for a data directory that is gone.
  for (const { Id } of await containersOf(docker, owner))
    await docker.getContainer(Id).remove({ force: true });
  await rm(dataDir, { recursive: true, force: true });
});

async function removeForeign(): Promise<void> {
  for (const id of foreign.splice(0)) {
    // It may be gone already.
    await docker
      .getContainer(id)
      .remove({ force: true })
      .catch((cause: { statusCode?: number }) => assert.equal(cause.statusCode, 404));
  }
}

/** Another process with a sandbox on the same data directory, which runs a program that does not end. */
async function otherProcess() {
  const script = `
    import { openSandbox } from ${JSON.stringify(path.join(import.meta.dirname, "testing/sandbox-fixture.ts"))};
    const sandbox = await openSandbox({ dataDir: process.argv.at(-1), warm: 1 });
    await sandbox.run("bash", "echo up; sleep 60", {
      limits: { compile: {}, run: { memoryBytes: 128 << 20, cpus: 0.5, timeoutMs: 60000 }, processes: 64, openFiles: 256, tmpfsBytes: 64 << 20, outputBytes: 1000 },
      onEvent: (event) => event.type === "stdout" && process.stdout.write(event.text),
    });`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the other process ended with ${code}`)));
  });
  return {
    async kill() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function foreignContainer(labels: Record<string, string>): Promise<string> {
  const image = await createImages(docker, { images: new Map() }).find(languageOf("bash"));
  const container = await docker.createContainer({
    Image: image?.id ?? "",
    Cmd: ["sleep", "60"],
    Labels: labels,
  });
  foreign.push(container.id);
  return container.id;
}

async function isThere(id: string): Promise<boolean> {
  return docker
    .getContainer(id)
    .inspect()
    .then(
      () => true,
      () => false,
    );
}

test("what a killed process left is removed at the next start; others' and living ones' containers stay", async () => {
  const dead = await otherProcess();
  const left = await containersOf(docker, owner);
  assert.ok(left.length >= 1, "the other process has a container");
  await dead.kill();
  // Its supervisor exits at the end of its input. The program that it ran, and what is left of the container, stay.
  const living = await otherProcess();
  const stays = (await containersOf(docker, owner)).filter(({ Id }) => !left.some((old) => old.Id === Id));
  const strangers = [
    await foreignContainer(labelsOf({ owner: "somebody-else", instance: "dead" })),
    // Of our image, whose product label it inherits.
    await foreignContainer({}),
  ];
  const sandbox = await openSandbox({ dataDir });
  await eventually("the dead one's containers are gone", async () => {
    const ids = (await containersOf(docker, owner)).map(({ Id }) => Id);
    return left.every(({ Id }) => !ids.includes(Id));
  });
  for (const { Id } of stays) assert.ok(await isThere(Id), "a living process's container stays");
  for (const id of strangers) assert.ok(await isThere(id), "a container that is not ours stays");
  await living.kill();
  await sandbox.underTest.close();
});

test("a process that dies leaves no program running", async () => {
  const dead = await otherProcess();
  await dead.kill();
  const sandbox = await openSandbox({ dataDir });
  await eventually("nothing is left", async () => {
    const ours = (await sandbox.containers()).filter(({ Id }) => !foreign.includes(Id));
    return ours.length === 0;
  });
  await removeForeign();
  await sandbox.underTest.close();
});

test("closing a busy sandbox ends its runs and leaves nothing, warm ones included", async () => {
  const sandbox = await openSandbox({ warm: 3 });
  const runs = Promise.all([1, 2, 3].map(() => sandbox.run("bash", "echo up; sleep 60")));
  await eventually("the runs are under way", async () => (await sandbox.containers()).length >= 3);
  await sandbox.underTest.close();
  assert.deepEqual(
    (await runs).map(({ status }) => status),
    ["cancelled", "cancelled", "cancelled"],
  );
  assert.deepEqual(await sandbox.containers(), []);
  await sandbox.close();
});

test("fifty runs leave no container, descriptor or memory behind", async () => {
  const sandbox = await openSandbox({ warm: 2 });
  const descriptors = async () =>
    (await import("node:fs/promises")).readdir("/proc/self/fd").then(({ length }) => length);
  await Promise.all(Array.from({ length: 8 }, () => sandbox.run("bash", "echo warm-up")));
  const before = await descriptors();
  for (let round = 0; round < 12; round++) {
    const rans = await Promise.all([0, 1, 2, 3].map((n) => sandbox.run("bash", `echo ${round}-${n}`)));
    assert.deepEqual(
      rans.map(({ stdout }) => stdout),
      [0, 1, 2, 3].map((n) => `${round}-${n}\n`),
    );
  }
  await eventually(
    "the containers are gone but for the warm ones",
    async () => (await sandbox.containers()).length <= 2,
  );
  assert.ok((await descriptors()) <= before + 8, `${before} descriptors became ${await descriptors()}`);
  await sandbox.close();
});

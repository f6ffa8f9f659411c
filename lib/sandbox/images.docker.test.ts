import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import Docker from "dockerode";
import { AppError } from "../errors";
import type { Language } from "../languages";
import { connectDocker } from "./docker";
import { notedVersions, noteVersions } from "./image-versions";
import { createImages } from "./images";
import type { Progress } from "./sandbox";
import { type LoopbackRegistry, loopbackRegistry } from "./testing/loopback-registry";
import { languageOf, openSandbox } from "./testing/sandbox-fixture";
import { secondEngine } from "./testing/second-engine";

const docker = connectDocker();
const made = new Set<string>();
let registry: LoopbackRegistry;
let root = "";

before(async () => {
  registry = await loopbackRegistry(docker);
  root = await mkdtemp(path.join(os.tmpdir(), "quicksand-recipes-"));
});

after(async () => {
  for (const tag of made) {
    // One that a failed test never made is not there.
    await docker
      .getImage(tag)
      .remove({ force: true })
      .catch((cause: { statusCode?: number }) => assert.equal(cause.statusCode, 404));
  }
  await registry.close();
  await rm(root, { recursive: true, force: true });
});

/** A language with a recipe of its own below `root`. */
async function languageWith(folder: string, recipe: string): Promise<Language> {
  await mkdir(path.join(root, "lib/languages", folder), { recursive: true });
  await writeFile(path.join(root, "lib/languages", folder, "Dockerfile"), recipe);
  return { ...languageOf("bash"), id: folder, image: { folder } };
}

function isUnavailable(words: RegExp) {
  return (cause: unknown) => {
    assert.ok(cause instanceof AppError, String(cause));
    assert.equal(cause.code, "image_unavailable");
    assert.match(cause.message, words);
    assert.ok((cause.retryAfterS ?? 0) > 0);
    return true;
  };
}

test("an image that the operator named is pulled at the first run, with progress, and its /bin/sh serves", async () => {
  const name = await registry.publish(
    "with-bash:1",
    "FROM debian:trixie-slim\nRUN head -c 1000000 /dev/urandom >/blob\n",
  );
  made.add(name);
  const sandbox = await openSandbox({ images: new Map([["bash", name]]) });
  try {
    assert.equal(sandbox.underTest.ready(languageOf("bash")), false);
    const ran = await sandbox.run(
      "bash",
      "wc -c </blob; readlink /proc/$PPID/exe || tr '\\0' ' ' </proc/1/cmdline | head -c 7; exit 3",
    );
    assert.deepEqual([ran.status, ran.output.exitCode], ["error", 3], ran.stderr);
    assert.match(ran.stdout, /^1000000\n(\/usr)?\/bin\//);
    const preparing = ran.events.filter((event) => event.type === "preparing");
    assert.match(preparing[0]?.message ?? "", /Pulling|Preparing/);
    assert.equal(sandbox.underTest.ready(languageOf("bash")), true);
    const again = await sandbox.run("bash", "echo again");
    assert.equal(
      again.events.some(({ type }) => type === "preparing"),
      false,
    );
  } finally {
    await sandbox.close();
  }
});

test("a run whose image cannot be pulled is image_unavailable, and the next language still runs", async () => {
  for (const name of [`${registry.prefix}none:1`, "127.0.0.1:9/none"]) {
    const sandbox = await openSandbox({ images: new Map([["python", name]]) });
    try {
      await assert.rejects(
        sandbox.run("python", "print(1)"),
        isUnavailable(/could not be pulled; check its name/),
      );
      assert.equal((await sandbox.run("bash", "echo fine")).stdout, "fine\n");
      assert.equal((await sandbox.underTest.health()).running, 0);
    } finally {
      await sandbox.close();
    }
  }
});

test("an image without a shell is refused, and nothing of it stays", async () => {
  const name = await registry.publish("empty:1", "FROM scratch\nCOPY Dockerfile /nothing\n");
  made.add(name);
  const sandbox = await openSandbox({ images: new Map([["python", name]]) });
  try {
    await assert.rejects(
      sandbox.run("python", "print(1)"),
      (cause) => cause instanceof AppError && cause.httpStatus === 503,
    );
  } finally {
    await sandbox.close();
  }
});

test("a recipe that fails is image_unavailable, leaves no container and can be tried again", async () => {
  const marker = `echo failing-recipe-${process.pid}`;
  const language = await languageWith("failing", `FROM debian:trixie-slim\nRUN ${marker} && exit 37\n`);
  const images = createImages(docker, { images: new Map(), root });
  for (let attempt = 0; attempt < 2; attempt++)
    await assert.rejects(images.prepare(language), isUnavailable(/its build failed/));
  assert.equal(await images.present(language), false);
  const containers = await docker.listContainers({ all: true });
  assert.deepEqual(
    containers.filter(({ Command }) => Command.includes(marker)),
    [],
  );
});

test("several that want an image at once share one build, and each is told how it goes", async () => {
  const recipe = `FROM debian:trixie-slim\nRUN echo ${process.pid} >/built\n`;
  // A tool that says nothing: noting its version would be a build as well.
  const language = { ...(await languageWith("shared", recipe)), versionCommand: ["true"] };
  const images = createImages(docker, { images: new Map(), root });
  const real = Docker.prototype.buildImage;
  let builds = 0;
  Docker.prototype.buildImage = function (this: Docker, ...args: Parameters<typeof real>) {
    builds++;
    return Reflect.apply(real, this, args);
  } as typeof real;
  const told: Progress[][] = [[], [], [], []];
  try {
    const all = await Promise.all(
      told.map((list) =>
        images.prepare(language, (progress) => {
          list.push(progress);
          assert.equal(images.progress(language), progress);
        }),
      ),
    );
    assert.equal(images.progress(language), null);
    assert.equal(new Set(all.map(({ id }) => id)).size, 1);
    assert.match(all[0]?.shell ?? "", /quicksand/);
    made.add(all[0]?.id ?? "");
  } finally {
    Docker.prototype.buildImage = real;
  }
  assert.equal(builds, 1);
  for (const list of told) {
    assert.ok(list.length > 0);
    const percents = list.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));
    assert.deepEqual(
      percents,
      [...percents].sort((a, b) => a - b),
      "percentages only rise",
    );
  }
  assert.equal(await images.present(language), true);
});

test("the set-up and the server, which want an image at once, share one build too, and both are told how it goes", async () => {
  const recipe = `FROM debian:trixie-slim\nRUN head -c 16 /dev/urandom >/built-${process.pid}\n`;
  const language = await languageWith("shared-by-processes", recipe);
  const claims = path.join(root, "claims");
  // Each of them stands for a process: they know nothing of one another but the folder.
  const processes = [1, 2].map(() => createImages(docker, { images: new Map(), root, claims }));
  const told: Progress[][] = [[], []];
  const ids = await Promise.all(
    processes.map((images, at) => images.prepare(language, (progress) => told[at]?.push(progress))),
  );
  for (const { id } of ids) made.add(id);
  assert.equal(ids[0]?.id, ids[1]?.id, "two builds would have read other random bytes");
  for (const list of told) assert.ok(list.some(({ message }) => message.includes("Building the Bash image")));
});

test("where the base can neither be pulled nor made, that is said with what to do, and no half of it stays", async (t) => {
  const engine = await secondEngine();
  t.after(() => engine.dispose());
  await engine.start();
  const language = await languageWith("based", "FROM debian:trixie-slim\nRUN true\n");
  const prepare = (...makeBase: string[]) => {
    const images = createImages(engine.docker, { images: new Map(), root, makeBase });
    return images.prepare(language);
  };
  const words = /neither be pulled nor made.*QUICKSAND_IMAGE_/;
  await assert.rejects(prepare("sh", "-c", "echo no mirror >&2; exit 3"), isUnavailable(words));
  await assert.rejects(prepare("no-such-command-anywhere"), isUnavailable(words));
  // A whole tree, and then a failure: what was imported must not pass for the base.
  await assert.rejects(prepare("sh", "-c", "cd /etc && tar -c hostname; exit 1"), isUnavailable(words));
  assert.deepEqual(await engine.docker.listImages(), []);
  // A base that was made is imported under its name; this one lacks what the recipe needs.
  await assert.rejects(prepare("tar", "-C", "/etc", "-c", "hostname"), isUnavailable(/its build failed/));
  assert.deepEqual(
    (await engine.docker.listImages()).map(({ RepoTags }) => RepoTags),
    [["debian:trixie-slim"]],
  );
});

test("what the tools of an image print of their versions is noted on it, for each language that it serves", async () => {
  const tag = `quicksand-test/versions:${process.pid}`;
  made.add(tag);
  const [bash, awk] = [languageOf("bash"), languageOf("awk")];
  const image = await createImages(docker, { images: new Map() }).prepare(bash);
  await docker.getImage(image.id).tag({ repo: "quicksand-test/versions", tag: String(process.pid) });
  const silent = { ...bash, id: "silent", versionCommand: ["true"] };
  const missing = { ...bash, id: "missing", versionCommand: ["no-such-tool", "--version"] };
  await noteVersions(docker, tag, [missing, bash, awk, silent]);
  const { Config } = await docker.getImage(tag).inspect();
  const versions = notedVersions(Config.Labels);
  assert.match(versions.bash ?? "", /^GNU bash, version 5\.\d/);
  assert.match(versions.awk ?? "", /\d/);
  assert.deepEqual([versions.silent, versions.missing], [undefined, undefined]);
  assert.deepEqual(
    (await docker.listContainers({ all: true, filters: { ancestor: [tag] } })).map(({ Id }) => Id),
    [],
  );
});

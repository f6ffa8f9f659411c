import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type Docker from "dockerode";
import type { Language } from "../languages";
import { BASE_IMAGE } from "./base-image.mjs";
import { connectDocker } from "./docker";
import { sharedRecipe } from "./image-recipe";
import { createImageStore, type ImageStore } from "./image-store";
import { createImages } from "./images";
import { languageOf } from "./testing/sandbox-fixture";
import { type SecondEngine, secondEngine } from "./testing/second-engine";

/** An engine of its own: on the machine's `prune` would remove what other tests have made. It has no network, so images are built on the machine's. */
let engine: SecondEngine;
let root = "";
const machine = connectDocker();
const built = new Set<string>();

before(async () => {
  engine = await secondEngine();
  await engine.start();
  root = await mkdtemp(path.join(os.tmpdir(), "quicksand-store-"));
});

after(async () => {
  await engine.dispose();
  for (const id of built) await machine.getImage(id).remove({ force: true });
  await rm(root, { recursive: true, force: true });
});

async function toy(folder: string, recipe: string): Promise<Language> {
  await mkdir(path.join(root, "lib/languages", folder), { recursive: true });
  await writeFile(path.join(root, "lib/languages", folder, "Dockerfile"), recipe);
  return { ...languageOf("bash"), id: folder, name: folder, image: { folder } };
}

/** Without what it remembers of an earlier recipe. */
const makers = (docker: Docker) => createImages(docker, { images: new Map(), root });
const storeOf = (...languages: Language[]): ImageStore =>
  createImageStore(engine.docker, { languages, images: new Map(), root });
const tags = async () => (await engine.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []).sort();

/** Builds the image of a toy, and copies it to the engine under test. */
async function made(language: Language): Promise<string> {
  const { id } = await makers(machine).prepare(language);
  built.add(id);
  const { RepoTags } = await machine.getImage(id).inspect();
  const [tag = ""] = RepoTags;
  await engine.load(tag);
  return tag;
}

/** The sum of what the engine itself says of all layers. */
async function layersSize(): Promise<number> {
  const { LayersSize } = (await engine.docker.df()) as { LayersSize: number };
  return LayersSize;
}

const WITH_BYTES = (bytes: number) => `FROM debian:trixie-slim\nRUN head -c ${bytes} /dev/urandom >/tool\n`;

test("images are listed with their sizes, and together take what the engine says", async () => {
  const there = await toy("there", WITH_BYTES(3_000_000));
  const missing = await toy("missing", "FROM debian:trixie-slim\nRUN true\n");
  await made(there);
  const { images, bytes } = await storeOf(there, missing).list();
  assert.deepEqual(
    images.map((image) => [image.language.id, image.named, image.bytes === null]),
    [
      ["there", false, false],
      ["missing", false, true],
    ],
  );
  const total = await layersSize();
  assert.ok(Math.abs(bytes - total) < 0.02 * total, `${bytes} of ${total}`);
});

test("what was made anew is another image of the same name, on the same shared layers", async () => {
  const language = await toy("anew", WITH_BYTES(1_000_000));
  const images = makers(machine);
  const before = await images.prepare(language);
  built.add(before.id);
  const { RepoTags, RootFS } = await machine.getImage(before.id).inspect();
  const anew = await images.rebuild(language, () => {});
  built.delete(before.id);
  built.add(anew.id);
  assert.notEqual(anew.id, before.id);
  for (const { versions } of [before, anew])
    assert.match(
      versions.anew ?? "",
      /^GNU bash, version 5/,
      "what its tool prints is noted when it is made",
    );
  assert.equal((await images.prepare(language)).id, anew.id);
  const after = await machine.getImage(anew.id).inspect();
  assert.deepEqual(after.RepoTags, RepoTags);
  const shared = after.RootFS.Layers?.filter((layer) => RootFS.Layers?.includes(layer)) ?? [];
  // The base, and what all images share.
  assert.ok(shared.length >= 2 && shared.length < (RootFS.Layers?.length ?? 0), shared.join());
});

test("an image that a container uses is not removed, and who uses it is said", async () => {
  const language = await toy("there", WITH_BYTES(3_000_000));
  const image = await made(language);
  const container = await engine.docker.createContainer({ Image: image, name: "its-user", Cmd: ["true"] });
  const store = storeOf(language);
  const inUse = await store.remove(language);
  assert.deepEqual([inUse.removed, inUse.kept[0]?.containers], [[], ["its-user"]]);
  await container.remove();
  const removed = await store.remove(language);
  assert.match(removed.removed.join(), /^quicksand\/there:[0-9a-f]{12}$/);
  assert.ok(removed.bytes > 2_900_000, `${removed.bytes} bytes`);
  assert.equal(await makers(engine.docker).present(language), false);
});

test("prune removes images of earlier recipes, says what became free, and leaves all others", async () => {
  const earlier = await made(await toy("changing", WITH_BYTES(2_000_000)));
  const today = await toy("changing", WITH_BYTES(1_000_000));
  const current = await made(today);
  const shared = `quicksand/shared:${sharedRecipe(BASE_IMAGE).digest}`;
  await engine.load(shared);
  await engine.load(BASE_IMAGE);
  const { docker } = engine;
  const base = docker.getImage(BASE_IMAGE);
  await base.tag({ repo: "quicksand/mine", tag: "0123456789ab" });
  await base.tag({ repo: "mine", tag: "1" });
  const size = await layersSize();
  const store = storeOf(today);
  const { removed, kept, bytes } = await store.prune();
  assert.deepEqual(kept, []);
  assert.ok(removed.includes(earlier), removed.join());
  assert.ok(Math.abs(size - (await layersSize()) - bytes) < 100_000, `${bytes} bytes`);
  assert.ok(bytes > 1_900_000, `${bytes} bytes`);
  const left = await tags();
  assert.ok(!left.includes(earlier));
  for (const tag of [current, shared, BASE_IMAGE, "mine:1", "quicksand/mine:0123456789ab"])
    assert.ok(left.includes(tag), tag);
  assert.equal(await makers(docker).present(today), true);
  assert.deepEqual((await store.prune()).removed, []);
});

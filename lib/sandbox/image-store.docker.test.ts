import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Language } from "../languages";
import { createImageStore, type ImageStore } from "./image-store";
import { createImages } from "./images";
import { languageOf } from "./testing/sandbox-fixture";
import { type SecondEngine, secondEngine } from "./testing/second-engine";

/** An engine of its own: on the machine's `prune` would remove what other tests have made. */
let engine: SecondEngine;
let root = "";

before(async () => {
  engine = await secondEngine();
  await engine.start();
  // What all images share is built from Debian's packages; these stand on it, and are small themselves.
  await engine.load("debian:trixie-slim");
  root = await mkdtemp(path.join(os.tmpdir(), "quicksand-store-"));
});

after(async () => {
  await engine.dispose();
  await rm(root, { recursive: true, force: true });
});

async function toy(folder: string, recipe: string): Promise<Language> {
  await mkdir(path.join(root, "lib/languages", folder), { recursive: true });
  await writeFile(path.join(root, "lib/languages", folder, "Dockerfile"), recipe);
  return { ...languageOf("bash"), id: folder, name: folder, image: { folder } };
}

/** Without what it remembers of an earlier recipe. */
const makers = () => createImages(engine.docker, { images: new Map(), root });
const storeOf = (...languages: Language[]): ImageStore =>
  createImageStore(engine.docker, { languages, images: new Map(), root });
const tags = async () => (await engine.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []).sort();

/** The sum of what the engine itself says of all layers. */
async function layersSize(): Promise<number> {
  const { LayersSize } = (await engine.docker.df()) as { LayersSize: number };
  return LayersSize;
}

const TWO_STAGES = (bytes: number) =>
  `FROM debian:trixie-slim AS tools\nRUN head -c ${bytes} /dev/urandom >/tool\nFROM debian:trixie-slim\nCOPY --from=tools /tool /tool\n`;

test("images are listed with their sizes, and together take what the engine says", async () => {
  const there = await toy("there", TWO_STAGES(3_000_000));
  const missing = await toy("missing", "FROM debian:trixie-slim\nRUN true\n");
  await makers().prepare(there);
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
  const language = await toy("there", TWO_STAGES(3_000_000));
  const images = makers();
  const before = await images.prepare(language);
  const size = await layersSize();
  const anew = await images.rebuild(language, () => {});
  assert.notEqual(anew.id, before.id);
  assert.equal((await images.prepare(language)).id, anew.id);
  // A stage and what is copied from it, again: not the 13 MB that all images share.
  assert.ok((await layersSize()) - size < 10_000_000, `${(await layersSize()) - size} bytes more`);
});

test("an image that a container uses is not removed, and who uses it is said", async () => {
  const language = await toy("there", TWO_STAGES(3_000_000));
  const image = await makers().prepare(language);
  const container = await engine.docker.createContainer({ Image: image.id, name: "its-user", Cmd: ["true"] });
  const store = storeOf(language);
  const inUse = await store.remove(language);
  assert.deepEqual([inUse.removed, inUse.kept[0]?.containers], [[], ["its-user"]]);
  await container.remove();
  const removed = await store.remove(language);
  assert.match(removed.removed.join(), /^quicksand\/there:[0-9a-f]{12}$/);
  assert.ok(removed.bytes > 2_900_000, `${removed.bytes} bytes`);
  assert.equal(await makers().present(language), false);
});

test("prune removes images of earlier recipes and what builds left, says what became free, and leaves all others", async () => {
  const earlier = await toy("changing", TWO_STAGES(2_000_000));
  await makers().prepare(earlier);
  const today = await toy("changing", TWO_STAGES(1_000_000));
  await makers().prepare(today);
  const { docker } = engine;
  const base = docker.getImage("debian:trixie-slim");
  await base.tag({ repo: "quicksand/mine", tag: "0123456789ab" });
  await base.tag({ repo: "mine", tag: "1" });
  const size = await layersSize();
  const store = storeOf(today);
  const { removed, kept, bytes } = await store.prune();
  assert.deepEqual(kept, []);
  assert.ok(removed.some((name) => name.startsWith("quicksand/changing:")));
  assert.ok(
    removed.some((name) => name.startsWith("sha256:")),
    "the stages that were not kept",
  );
  assert.ok(Math.abs(size - (await layersSize()) - bytes) < 100_000, `${bytes} bytes`);
  assert.ok(bytes > 3_900_000, `${bytes} bytes`);
  const left = await tags();
  assert.equal(left.filter((tag) => tag.startsWith("quicksand/changing:")).length, 1);
  assert.equal(left.filter((tag) => tag.startsWith("quicksand/shared:")).length, 1);
  for (const tag of ["debian:trixie-slim", "mine:1", "quicksand/mine:0123456789ab"])
    assert.ok(left.includes(tag), tag);
  assert.equal(await makers().present(today), true);
  assert.deepEqual((await store.prune()).removed, []);
});

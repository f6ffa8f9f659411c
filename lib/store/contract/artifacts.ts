import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { MAX_ARTIFACTS, MAX_ARTIFACTS_BYTES } from "../../schemas/limits";
import type { Store } from "../index";
import { aResult, type ContractDatabase, createdRun, finishedRun, newOwner } from "./fixtures";

/** A file as it is read, and how large its parts are. */
async function partsOf(store: Store, { id, owner }: { id: string; owner: string }, name: string) {
  const parts: Uint8Array[] = [];
  for (;;) {
    const part = await store.readArtifact(id, name, owner, parts.length);
    if (!part) break;
    parts.push(part);
  }
  return { whole: Buffer.concat(parts), sizes: parts.map((part) => part.byteLength) };
}

/** Files that programs leave. */
export function artifactContract(database: () => ContractDatabase): void {
  test("files come back byte by byte, ten of them and five megabytes in all", async () => {
    const { store } = database();
    const run = await createdRun(store);
    const files = Array.from({ length: MAX_ARTIFACTS }, (_, n) => ({
      name: `plot ${n} Größe.png`,
      type: "image/png",
      bytes: new Uint8Array(randomBytes(Math.floor(MAX_ARTIFACTS_BYTES / MAX_ARTIFACTS))),
    }));
    assert.equal(await store.putArtifacts(run.id, files), true);
    for (const file of files) {
      const found = await store.findArtifact(run.id, file.name, run.owner);
      assert.deepEqual(found, { name: file.name, type: "image/png", size: file.bytes.byteLength });
      assert.ok((await partsOf(store, run, file.name)).whole.equals(file.bytes));
    }
    assert.equal(await store.findArtifact(run.id, "plot", run.owner), null);
    const empty = [{ name: "empty", type: "text/plain", bytes: new Uint8Array(0) }];
    assert.equal(await store.putArtifacts(run.id, empty), true);
    assert.equal((await store.findArtifact(run.id, "empty", run.owner))?.size, 0);
    assert.equal(await store.findArtifact(run.id, files[0]?.name ?? "", run.owner), null);
  });

  test("a file is read in parts of moderate size, by who sees its run and for as long as they do", async () => {
    const { store } = database();
    const run = await createdRun(store);
    const bytes = new Uint8Array(randomBytes(MAX_ARTIFACTS_BYTES));
    await store.putArtifacts(run.id, [{ name: "a", type: "x", bytes }]);
    const { whole, sizes } = await partsOf(store, run, "a");
    assert.ok(whole.equals(bytes));
    assert.ok(Math.max(...sizes) <= 262_144, `${Math.max(...sizes)} bytes in one part`);
    const next = (viewer: string | null) => store.readArtifact(run.id, "a", viewer, 1);
    assert.equal(await next(null), null);
    await store.updateRun(run.id, run.owner, { visibility: "unlisted" });
    assert.ok(await next(null));
    await store.updateRun(run.id, run.owner, { visibility: "private" });
    assert.equal(await next(null), null);
    assert.equal(await store.readArtifact(run.id, "b", run.owner, 0), null);
    await store.deleteRun(run.id, run.owner);
    assert.equal(await next(run.owner), null);
  });

  test("more than that is refused as a mistake of ours", async () => {
    const { store } = database();
    const run = await createdRun(store);
    const file = (name: string, size = 1) => ({ name, type: "x", bytes: new Uint8Array(size) });
    const many = Array.from({ length: MAX_ARTIFACTS + 1 }, (_, n) => file(`${n}`));
    await assert.rejects(store.putArtifacts(run.id, many), RangeError);
    await assert.rejects(store.putArtifacts(run.id, [file("a", MAX_ARTIFACTS_BYTES), file("b")]), RangeError);
    await assert.rejects(store.putArtifacts(run.id, [file("a"), file("a")]), RangeError);
    assert.equal(await store.findArtifact(run.id, "a", run.owner), null);
  });

  test("files belong to a run that is running, and are seen by who sees the run", async () => {
    const { store } = database();
    const file = { name: "a.txt", type: "text/plain", bytes: Buffer.from("a") };
    const run = await createdRun(store);
    await store.putArtifacts(run.id, [file]);
    await store.finishRun(run.id, aResult(run));
    assert.equal(await store.putArtifacts(run.id, [{ ...file, name: "late" }]), false);
    assert.equal(await store.findArtifact(run.id, "late", run.owner), null);
    assert.equal(await store.putArtifacts((await finishedRun(store)).id, [file]), false);
    assert.equal(await store.putArtifacts("absent", [file]), false);

    const seen = async () =>
      Promise.all(
        [run.owner, newOwner(), null].map(
          async (who) => (await store.findArtifact(run.id, "a.txt", who)) !== null,
        ),
      );
    assert.deepEqual(await seen(), [true, false, false]);
    await store.updateRun(run.id, run.owner, { visibility: "unlisted" });
    assert.deepEqual(await seen(), [true, true, true]);
    await store.updateRun(run.id, run.owner, { visibility: "private" });
    assert.deepEqual(await seen(), [true, false, false]);
  });
}

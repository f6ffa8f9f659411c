import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { type GivenFile, openFiles, putInto } from "./opened-files";

const given = (path: string, bytes: Uint8Array): GivenFile => ({
  path,
  bytes: bytes.length,
  read: async () => bytes,
});

const manyEmpty = (count: number) =>
  zipSync(Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`, new Uint8Array()])), {
    level: 0,
  });

test("a zip of tens of thousands of empty files is read up to what anybody means, and says so", async () => {
  const begin = performance.now();
  const { files, refused } = await openFiles([given("many.zip", manyEmpty(35_000))]);
  putInto({ code: "", files: [] }, "main.py", files, "replace");
  const took = performance.now() - begin;
  assert.equal(files.length, 500);
  assert.deepEqual(refused, [
    { path: "many.zip", why: "holds more than 500 files; the others were left out" },
  ]);
  assert.ok(took < 2_000, `${took} ms`);
});

test("a zip that is unpacked to more than a program has is refused file by file, whatever it says of its sizes", async () => {
  const bomb = zipSync({ "bomb.txt": new Uint8Array(50_000_000), "main.py": strToU8("print(1)") });
  const honest = await openFiles([given("bomb.zip", bomb)]);
  assert.deepEqual(
    [honest.files, honest.refused.map(({ path }) => path)],
    [[{ path: "main.py", content: "print(1)" }], ["bomb.txt"]],
  );
  // It says that the large file has 10 bytes, in both places.
  const lying = new DataView(bomb.slice().buffer);
  for (let at = 0; at < lying.byteLength - 4; at++)
    if (lying.getUint32(at, true) === 50_000_000) lying.setUint32(at, 10, true);
  const before = process.memoryUsage().arrayBuffers;
  const { files } = await openFiles([given("bomb.zip", new Uint8Array(lying.buffer))]);
  assert.ok(process.memoryUsage().arrayBuffers - before < 8_000_000);
  assert.ok(files.every(({ content }) => content.length <= 10));
});

test("a file that is named like what every object has is a file like any other", async () => {
  const zip = zipSync({ constructor: strToU8("a"), "toString.txt": strToU8("b") });
  const { files } = await openFiles([given("x.zip", zip)]);
  assert.deepEqual(files.map(({ path }) => path).sort(), ["constructor", "toString.txt"]);
});

import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { type Header, pack } from "tar-stream";
import { movedFiles } from "./moved-files";

type Entry = Partial<Header> & { name: string };

const FOLDER: Entry = { name: "./", type: "directory", mode: 0o755 };
const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff]);

function tarOf(...entries: [Entry, (string | Buffer)?][]): Promise<Buffer> {
  const tar = pack();
  for (const [headers, content = ""] of entries) tar.entry(headers, content);
  tar.finalize();
  return buffer(tar);
}

test("a source and what was compiled from it come as they were, the older first", async () => {
  const tar = await tarOf(
    [FOLDER],
    [{ name: "./main", mode: 0o755, mtime: new Date(2_000) }, BINARY],
    [{ name: "./main.c", mode: 0o644, mtime: new Date(1_000) }, "int main;\n"],
    [{ name: "./empty", mode: 0o644, mtime: new Date(3_000) }],
  );
  assert.deepEqual(await movedFiles(tar), [
    { path: "main.c", content: Buffer.from("int main;\n"), executable: false },
    { path: "main", content: BINARY, executable: true },
    { path: "empty", content: Buffer.alloc(0), executable: false },
  ]);
});

const UNPACKED: [string, [Entry, (string | Buffer)?][]][] = [
  ["a folder", [[{ name: "./a/", type: "directory", mode: 0o755 }]]],
  ["a file in a folder", [[{ name: "./a/b", mode: 0o644 }, "b"]]],
  ["a link", [[{ name: "./a", type: "symlink", linkname: "main", mode: 0o777 }]]],
  ["a second name of a file", [[{ name: "./a", type: "link", linkname: "main", mode: 0o644 }]]],
  ["a file that its owner may not write", [[{ name: "./a", mode: 0o444 }, "a"]]],
  ["a name that is not UTF-8", [[{ name: "./a\ufffd", mode: 0o644 }, "a"]]],
  [
    "many files that are no short texts",
    ["a", "b", "c", "d"].map((name) => [{ name: `./${name}`, mode: 0o644 }, BINARY]),
  ],
];

for (const [what, entries] of UNPACKED) {
  test(`${what} has to be unpacked`, async () => {
    assert.equal(await movedFiles(await tarOf([FOLDER], ...entries)), null);
  });
}

test("what is no tar, or breaks off, has to be unpacked, where it fails", async () => {
  const tar = await tarOf([FOLDER], [{ name: "./main", mode: 0o755 }, BINARY]);
  assert.equal(await movedFiles(tar.subarray(0, 1_030)), null);
  assert.equal(await movedFiles(Buffer.alloc(2_048, "x")), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { decode, type GivenFile, openFiles, putInto } from "./opened-files";
import { freeName, moved, nameProblem, sizeProblem, withFile } from "./program-files";

const FILES = ["a.py", "lib/b.py", "c.txt"].map((path) => ({ path, content: path }));
const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path);

function given(path: string, content: string | Uint8Array): GivenFile {
  const bytes = typeof content === "string" ? strToU8(content) : content;
  return { path, bytes: bytes.length, read: async () => bytes };
}

test("a name is refused for what is wrong with it, and for being taken", () => {
  assert.equal(nameProblem("util.py", ["main.py"]), null);
  assert.equal(nameProblem("lib/util.py", ["main.py", "lib/other.py"]), null);
  assert.match(nameProblem("", []) ?? "", /is empty/);
  assert.match(nameProblem("../x", []) ?? "", /`\.\.`/);
  assert.match(nameProblem("/x", []) ?? "", /absolute/);
  assert.match(nameProblem("x".repeat(256), []) ?? "", /256 bytes; at most 255/);
  assert.match(nameProblem("main.py", ["main.py"]) ?? "", /There is a file of this name/);
  assert.match(nameProblem("lib", ["main.py", "lib/a.py"]) ?? "", /A file and a folder/);
});

test("a program that is too large is said to be, with its size and the limit", () => {
  assert.equal(sizeProblem("main.py", "", FILES), null);
  const many = Array.from({ length: 21 }, (_, at) => ({ path: `${at}`, content: "" }));
  assert.equal(sizeProblem("main.py", "", many), "21 files beside main.py; at most 20 are possible.");
  assert.match(sizeProblem("main.py", "x".repeat(102_401), []) ?? "", /^main.py has .* 100 KB are possible/);
  const large = [{ path: "a", content: "é".repeat(600_000) }];
  assert.match(sizeProblem("main.py", "", large) ?? "", /1\.1 MB; at most 1\.0 MB/);
});

test("a free name is found before the ending", () => {
  assert.equal(freeName("a.py", []), "a.py");
  assert.equal(freeName("a.py", ["a.py", "a-2.py"]), "a-3.py");
  assert.equal(freeName("lib.d/Makefile", ["lib.d/Makefile"]), "lib.d/Makefile-2");
  assert.equal(freeName(".env", [".env"]), ".env-2");
});

test("a file is moved among the others, and put back where it was", () => {
  assert.deepEqual(paths(moved(FILES, "a.py", 1)), ["lib/b.py", "a.py", "c.txt"]);
  assert.deepEqual(paths(moved(FILES, "c.txt", -5)), ["c.txt", "a.py", "lib/b.py"]);
  assert.deepEqual(paths(moved(FILES, "a.py", 9)), ["lib/b.py", "c.txt", "a.py"]);
  const [a, b, c] = FILES;
  assert.ok(a && b && c);
  assert.deepEqual(withFile([a, c], b, 1), FILES);
});

test("bytes are text when they are UTF-8 without NUL", () => {
  assert.equal(decode(strToU8("grün 🙂")), "grün 🙂");
  assert.equal(decode(new Uint8Array([0xff, 0xfe])), null);
  assert.equal(decode(strToU8("a\0b")), null);
});

test("of a folder the program's files are taken, its wrapping is left off, and what is no text is refused", async () => {
  const { files, refused } = await openFiles([
    given("game/main.py", "print(1)\r\n"),
    given("game/lib/x.py", "x = 1\n"),
    given("game/.git/HEAD", "ref"),
    given("game/__pycache__/x.pyc", "pyc"),
    given("game/logo.png", new Uint8Array([0x89, 0x50, 0, 1])),
    { path: "game/big.csv", bytes: 3_000_000, read: () => Promise.reject(new Error("must not be read")) },
  ]);
  assert.deepEqual(files, [
    { path: "main.py", content: "print(1)\n" },
    { path: "lib/x.py", content: "x = 1\n" },
  ]);
  assert.deepEqual(paths(refused), ["game/logo.png", "game/big.csv"]);
  assert.match(refused[0]?.why ?? "", /not text/);
  assert.match(refused[1]?.why ?? "", /too large: 2\.9 MB/);
});

test("a zip is what is in it; one that unpacks to more than fits is not unpacked, one that is damaged is refused", async () => {
  const zip = zipSync({
    "p/main.c": strToU8("int main(){}"),
    "p/a.h": strToU8("#define A\n"),
    "p/huge.txt": new Uint8Array(5_000_000).fill(65),
    "__MACOSX/p/._a.h": strToU8("x"),
  });
  const { files, refused } = await openFiles([given("p.zip", zip)]);
  assert.deepEqual(paths(files), ["main.c", "a.h"]);
  assert.deepEqual(paths(refused), ["p/huge.txt"]);
  const damaged = await openFiles([given("p.zip", zip.slice(0, 40))]);
  assert.match(damaged.refused[0]?.why ?? "", /cannot be unpacked/);
  const outside = await openFiles([given("evil.zip", zipSync({ "../up.txt": strToU8("x") }))]);
  assert.deepEqual(outside.files, []);
  assert.match(outside.refused[0]?.why ?? "", /has a name that/);
});

test("files of names that are taken replace those, or get names of their own", () => {
  const program = { code: "old", files: [{ path: "a.py", content: "old" }] };
  const news = ["main.py", "a.py", "b.py"].map((path) => ({ path, content: "new" }));
  const replaced = putInto(program, "main.py", news, "replace");
  assert.equal(replaced.code, "new");
  assert.deepEqual(paths(replaced.files), ["a.py", "b.py"]);
  assert.equal(replaced.files[0]?.content, "new");
  const both = putInto(program, "main.py", news, "keep both");
  assert.equal(both.code, "old");
  assert.deepEqual(paths(both.files), ["a.py", "main-2.py", "a-2.py", "b.py"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import type { RunTest } from "../schemas/run-test";
import { addTests, MAX_IMPORT_BYTES, readTests, testsAsJson, testsAsZip } from "./test-files";

const bytes = (text: string) => strToU8(text);

function zipOf(files: Record<string, string | Uint8Array>): { path: string; bytes: Uint8Array } {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === "string" ? bytes(content) : content,
  ]);
  return { path: "tests.zip", bytes: zipSync(Object.fromEntries(entries)) };
}

const pairsIn = (files: Record<string, string | Uint8Array>) => {
  const { tests, problems } = readTests([zipOf(files)]);
  return { pairs: tests.map(({ name, stdin, expected }) => [name, stdin, expected]), problems };
};

const TESTS: RunTest[] = [
  { name: "small", stdin: "1 2\n", expected: "3\n", compare: "trimmed" },
  { name: "größer / ../x 🙂", stdin: "", expected: "a\r\n ", compare: "exact" },
  { name: "small", stdin: "\u2028é", expected: "0.3", compare: { tolerance: 1e-6 } },
];

test("what is exported as JSON is imported as it was", () => {
  const { tests, problems } = readTests([{ path: "tests.json", bytes: bytes(testsAsJson(TESTS)) }]);
  assert.deepEqual([tests, problems], [TESTS, []]);
});

test("what is exported as a zip is imported with its texts, in its order, also where names are the same", () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ ...TESTS[at % 3], stdin: `${at}` }) as RunTest);
  const { tests, problems } = readTests([{ path: "tests.zip", bytes: testsAsZip(many) }]);
  assert.deepEqual(
    tests.map(({ stdin, expected }) => [stdin, expected]),
    many.map(({ stdin, expected }) => [stdin, expected]),
  );
  assert.deepEqual(problems, []);
  assert.equal(tests[1]?.name, "02-größer-x");
});

test("the usual ways to name a pair are known, in and out of folders", () => {
  const { pairs, problems } = pairsIn({
    "10.in": "a",
    "10.out": "b",
    "2.in": "c",
    "2.ans": "d",
    "sample/input1.txt": "e",
    "sample/output1.txt": "f",
    "input/input00.txt": "g",
    "output/output00.txt": "h",
    "deep/x-in.txt": "i",
    "deep/x-out.txt": "j",
    "empty/in.txt": "",
    "empty/out.txt": "k",
    "y.in.txt": "l",
    "y.out.txt": "m",
  });
  assert.deepEqual(pairs, [
    ["2", "c", "d"],
    ["10", "a", "b"],
    ["x", "i", "j"],
    ["empty", "", "k"],
    ["00", "g", "h"],
    ["1", "e", "f"],
    ["y", "l", "m"],
  ]);
  assert.deepEqual(problems, []);
});

test("the same name in two folders is two tests; a file that is there twice is said", () => {
  const { pairs } = pairsIn({ "a/1.in": "1", "a/1.out": "2", "b/1.in": "3", "b/1.out": "4" });
  assert.deepEqual(pairs, [
    ["1", "1", "2"],
    ["1", "3", "4"],
  ]);
  const twice = readTests([
    { path: "1.in", bytes: bytes("1") },
    { path: "1.out", bytes: bytes("2") },
    { path: "1.ans", bytes: bytes("3") },
  ]);
  assert.deepEqual(
    [twice.tests[0]?.expected, twice.problems],
    ["2", ["1.ans is there twice; the first one was taken."]],
  );
});

test("a half of a pair, and what is no half, are left out and named", () => {
  const { pairs, problems } = pairsIn({
    "1.in": "",
    "2.out": "",
    "3.in": "x",
    "3.out": "x",
    "notes.md": "#",
    "index.txt": "",
  });
  assert.deepEqual(pairs, [["3", "x", "x"]]);
  assert.deepEqual(problems, [
    "notes.md is neither an input (.in) nor an expected output (.out).",
    "index.txt is neither an input (.in) nor an expected output (.out).",
    "1.in has no expected output beside it (.out).",
    "2.out has no input beside it (.in).",
  ]);
});

test("paths are names and nothing else, whatever they try", () => {
  const { pairs, problems } = pairsIn({
    "../../etc/passwd.in": "a",
    "../../etc/passwd.out": "b",
    "/abs/1.in": "c",
    "/abs/1.out": "d",
    "C:\\temp\\2.in": "e",
    "C:\\temp\\2.out": "f",
    "x\u202e\u0007/\u0000y.in": "g",
    "x\u202e\u0007/\u0000y.out": "h",
    "__proto__.in": "i",
    "__proto__.out": "j",
    [`${"n".repeat(300)}.in`]: "k",
    [`${"n".repeat(300)}.out`]: "l",
    "__MACOSX/._1.in": "x",
    ".DS_Store": "x",
    "folder/": "",
  });
  const names = pairs.map(([name]) => name).sort();
  assert.deepEqual(names, ["1", "2", "__proto__", "n".repeat(100), "passwd", "y"]);
  assert.deepEqual(problems, []);
});

test("a zip that unpacks to more than there is room for ends there, whatever it says of its sizes", () => {
  const bomb = zipOf({ "1.in": "a", "1.out": "b", "2.in": new Uint8Array(200 * 1_048_576), "2.out": "c" });
  assert.ok(bomb.bytes.length < 1_048_576);
  const honest = readTests([bomb]);
  assert.deepEqual(
    honest.tests.map(({ stdin }) => stdin),
    ["a"],
  );
  assert.match(honest.problems.join(), /holds more than 4/);
  // Uncompressed sizes in its own header, which say 1 byte.
  const lie = bomb.bytes.slice();
  const view = new DataView(lie.buffer);
  for (let at = 0; at + 30 < lie.length; at++) {
    if (view.getUint32(at, true) === 0x04034b50 && view.getUint32(at + 22, true) > 1_000)
      view.setUint32(at + 22, 1, true);
  }
  assert.match(readTests([{ path: "lie.zip", bytes: lie }]).problems.join(), /holds more than 4/);
});

test("thousands of files, a zip in a zip, and what is damaged or no zip at all end in words", () => {
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`${at}.in`, "x"]));
  assert.match(readTests([zipOf(many)]).problems.join(" "), /holds 3000 files; only the first 200/);
  assert.deepEqual(pairsIn({ "inner.zip": zipOf({ "1.in": "", "1.out": "" }).bytes }).problems, [
    "inner.zip is a zip in a zip; unpack it first.",
  ]);
  const whole = zipOf({ "1.in": "a".repeat(5_000), "1.out": "b" }).bytes;
  for (let length = 2; length < whole.length; length += 7) {
    const { tests, problems } = readTests([{ path: "cut.zip", bytes: whole.slice(0, length) }]);
    assert.ok(tests.length === 1 || problems.length > 0, `cut at ${length}`);
  }
  for (let at = 0; at < whole.length; at++) {
    const broken = whole.slice();
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    readTests([{ path: "broken.zip", bytes: broken }]);
  }
});

test("a file that is no text, no JSON, no tests or too large says so", () => {
  const problemOf = (path: string, content: Uint8Array) =>
    readTests([{ path, bytes: content }]).problems.join();
  assert.match(problemOf("1.in", new Uint8Array([0xff, 0xfe])), /1\.in is not text/);
  assert.match(problemOf("1.in", new Uint8Array([0x61, 0])), /1\.in is not text/);
  assert.match(problemOf("a.json", bytes("{")), /not JSON/);
  for (const wrong of [
    "{}",
    "[1]",
    '[{"stdin":"1"}]',
    '[{"expected":"\\u0000"}]',
    '[{"expected":"","compare":"loose"}]',
  ]) {
    assert.match(problemOf("a.json", bytes(wrong)), /holds no tests/, wrong);
  }
  assert.match(problemOf("big.in", new Uint8Array(MAX_IMPORT_BYTES + 1)), /at most 4/);
  const list = readTests([
    { path: "a.json", bytes: bytes('[{"stdin":"1","expected":"2"},{"expected":""}]') },
  ]);
  assert.deepEqual(list.tests, [
    { name: "Test 1", stdin: "1", expected: "2", compare: "trimmed" },
    { name: "Test 2", stdin: "", expected: "", compare: "trimmed" },
  ]);
});

test("tests are added as far as there is room, in number and in bytes", () => {
  const one: RunTest = { name: "x", stdin: "", expected: "é", compare: "trimmed" };
  const full = addTests(Array(49).fill(one), [one, one, one]);
  assert.deepEqual(
    [full.tests.length, full.problem],
    [50, "2 were left out: a program has at most 50 tests."],
  );
  const large = { ...one, stdin: "x".repeat(1_000_000) };
  const some = addTests([large], [one, large]);
  assert.equal(some.tests.length, 2);
  assert.match(some.problem ?? "", /^1 was left out: a program has at most 1/);
  assert.equal(addTests([one], [large]).problem, null);
});

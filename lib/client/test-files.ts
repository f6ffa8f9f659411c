import { strToU8, Unzip, UnzipInflate, zipSync } from "fflate";
import * as z from "zod";
import { MAX_TEST_NAME_CHARS, MAX_TESTS, MAX_TESTS_BYTES } from "../schemas/limits";
import type { RunTest } from "../schemas/run";
import { testListSchema, testsBytes } from "../schemas/run-test";
import { asLine } from "../schemas/text";
import { formatBytes } from "./format";
import { type NamedText, pairTests, type TestPair } from "./test-pairs.mjs";

/** What was read of files: test cases, and in words what could not be. */
export interface ReadTests {
  tests: RunTest[];
  problems: string[];
}

export interface NamedBytes {
  path: string;
  bytes: Uint8Array;
}

/** A zip of so many bytes holds more than can be imported; and a file beside test cases may be as large. */
export const MAX_IMPORT_BYTES = 4 * MAX_TESTS_BYTES;
/** Files that are looked at in a zip: a pair for each test case, and some that belong to none. */
const MAX_ENTRIES = 4 * MAX_TESTS;
/** How much of a zip is unpacked at a time: at most about a thousand times as much comes out, and is counted then. */
const PIECE_BYTES = 4_096;

const fileSchema = z.union([
  testListSchema,
  z.object({ tests: testListSchema }).transform(({ tests }) => tests),
]);

/** Test cases as a JSON file, which holds everything of them. */
export function testsAsJson(tests: readonly RunTest[]): string {
  return `${JSON.stringify({ tests }, null, 2)}\n`;
}

/** Test cases as a zip of `*.in` and `*.out`, in their order. How they are compared is not in it. */
export function testsAsZip(tests: readonly RunTest[]): Uint8Array {
  const digits = String(tests.length).length;
  const files = tests.flatMap(({ name, stdin, expected }, at) => {
    const number = String(at + 1).padStart(digits, "0");
    const words = name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
    const base = words === "" ? number : `${number}-${words}`;
    return [
      [`${base}.in`, strToU8(stdin)],
      [`${base}.out`, strToU8(expected)],
    ] as const;
  });
  return zipSync(Object.fromEntries(files));
}

/** Reads what was dropped or chosen: JSON files, zips, and pairs of plain files. Nothing is opened by a name that is in them. */
export function readTests(files: readonly NamedBytes[]): ReadTests {
  const read: ReadTests = { tests: [], problems: [] };
  const plain: NamedText[] = [];
  const take = (more: ReadTests) => {
    read.tests.push(...more.tests);
    read.problems.push(...more.problems);
  };
  for (const file of files) {
    if (file.bytes.length > MAX_IMPORT_BYTES) {
      read.problems.push(
        `${file.path} has ${formatBytes(file.bytes.length)}; at most ${formatBytes(MAX_IMPORT_BYTES)} are read.`,
      );
    } else if (isZip(file)) {
      const { entries, problems } = unzip(file.bytes);
      read.problems.push(...problems);
      take(readTests(entries));
    } else {
      const text = textOf(file.bytes);
      if (text === null) read.problems.push(`${file.path} is not text (UTF-8, without NUL).`);
      else if (/\.json$/i.test(file.path)) take(readJson(file.path, text));
      else plain.push({ path: file.path, text });
    }
  }
  const { pairs, problems } = pairTests(plain);
  take({ tests: complete(pairs), problems });
  return read;
}

/** Adds test cases to others as far as there is room; says what there was no room for. */
export function addTests(
  tests: readonly RunTest[],
  more: readonly RunTest[],
): { tests: RunTest[]; problem: string | null } {
  const all = [...tests];
  let bytes = testsBytes(tests);
  for (const [at, test] of more.entries()) {
    bytes += testsBytes([test]);
    if (all.length < MAX_TESTS && bytes <= MAX_TESTS_BYTES) all.push(test);
    else {
      const left = more.length - at;
      const limit =
        all.length < MAX_TESTS ? `${formatBytes(MAX_TESTS_BYTES)} of tests` : `${MAX_TESTS} tests`;
      return {
        tests: all,
        problem: `${left} ${left === 1 ? "was" : "were"} left out: a program has at most ${limit}.`,
      };
    }
  }
  return { tests: all, problem: null };
}

function complete(pairs: readonly TestPair[]): RunTest[] {
  return pairs.map(({ name, stdin, expected }, at) => {
    const line = [...asLine(name)].slice(0, MAX_TEST_NAME_CHARS).join("");
    return { name: line || `Test ${at + 1}`, stdin, expected, compare: "trimmed" };
  });
}

function readJson(path: string, text: string): ReadTests {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { tests: [], problems: [`${path} is not JSON.`] };
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return { tests: parsed.data, problems: [] };
  return {
    tests: [],
    problems: [`${path} holds no tests: it needs [{ "stdin": "1\\n", "expected": "1\\n" }].`],
  };
}

function isZip({ bytes }: NamedBytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** What is in a zip, as far as it can be test cases. It is unpacked in pieces and counted, since what it says of its sizes may be a lie. */
function unzip(bytes: Uint8Array): { entries: NamedBytes[]; problems: string[] } {
  const entries: NamedBytes[] = [];
  const problems: string[] = [];
  let unpacked = 0;
  let seen = 0;
  let full = false;
  const archive = new Unzip((file) => {
    seen += 1;
    if (full || seen > MAX_ENTRIES || isClutter(file.name)) return;
    const parts: Uint8Array[] = [];
    file.ondata = (error, chunk, final) => {
      if (full) return;
      if (error) {
        problems.push(`${file.name} could not be unpacked.`);
        return;
      }
      unpacked += chunk.length;
      if (unpacked > MAX_IMPORT_BYTES) {
        full = true;
        return;
      }
      parts.push(chunk);
      if (final) entries.push({ path: file.name, bytes: joined(parts) });
    };
    file.start();
  });
  archive.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && !full; at += PIECE_BYTES) {
      archive.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch {
    problems.push("The zip is damaged; what could be read of it was taken.");
  }
  if (full) problems.push(`The zip holds more than ${formatBytes(MAX_IMPORT_BYTES)}; the rest was left out.`);
  if (seen > MAX_ENTRIES)
    problems.push(`The zip holds ${seen} files; only the first ${MAX_ENTRIES} were read.`);
  if (seen === 0 && problems.length === 0) problems.push("The zip is empty, or not a zip.");
  // One within the other would be unpacked once more, and so on.
  const nested = entries.filter(isZip);
  problems.push(...nested.map(({ path }) => `${path} is a zip in a zip; unpack it first.`));
  return { entries: entries.filter((entry) => !isZip(entry)), problems };
}

/** Folders, and what systems put into zips. */
function isClutter(path: string): boolean {
  return path.endsWith("/") || /(^|[\\/])(__MACOSX[\\/]|\.(?!\.?[\\/]))/.test(path);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

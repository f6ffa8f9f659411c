import assert from "node:assert/strict";
import { test } from "node:test";
import type { LanguageInfo } from "../schemas/language";
import { matchLanguages } from "./match-languages";

function language(id: string, name: string, extension: string, aliases: string[] = []): LanguageInfo {
  const run = { timeoutMs: 1, memoryBytes: 1, cpus: 1 };
  return {
    id,
    name,
    version: "1",
    aliases,
    mainFile: `main.${extension}`,
    extension,
    editor: id,
    compiled: false,
    options: [],
    commands: { compile: null, run: [id] },
    repl: false,
    sample: { code: "", stdin: "" },
    limits: { compile: null, run, attended: { totalMs: 600_000, idleMs: 180_000 } },
    ready: true,
  };
}

const ALL = [
  language("python", "Python", "py"),
  language("javascript", "JavaScript", "js", ["node"]),
  language("typescript", "TypeScript", "ts"),
  language("c", "C", "c"),
  language("cpp", "C++", "cpp", ["g++"]),
];
const find = (query: string) => matchLanguages(ALL, query).map(({ id }) => id);

test("names, ids, aliases and extensions are found, whatever their case", () => {
  assert.deepEqual(find("PYTH"), ["python"]);
  assert.deepEqual(find("node"), ["javascript"]);
  assert.deepEqual(find("ts"), ["typescript"]);
  assert.deepEqual(find(" g++ "), ["cpp"]);
});

test("what begins with the text comes before what only contains it", () => {
  assert.deepEqual(find("c"), ["c", "cpp", "javascript", "typescript"]);
});

test("a language is found by its libraries, where they are told", () => {
  const data = { ...language("pythondata", "Python for data", "py"), packages: ["numpy", "pandas"] };
  assert.deepEqual(matchLanguages([...ALL, data], "panda"), [data]);
});

test("nothing typed finds everything, and nonsense finds nothing", () => {
  assert.equal(find("").length, ALL.length);
  assert.deepEqual(find("zz"), []);
});

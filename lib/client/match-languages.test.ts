import assert from "node:assert/strict";
import { test } from "node:test";
import { matchLanguages } from "./match-languages";
import { languageInfo as language } from "./testing/language-info";

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

test("what is called so comes before what begins so, but an extension is no name", () => {
  const languages = [
    language("javascript", "JavaScript", "js"),
    language("deno", "Deno", "ts"),
    language("typescript", "TypeScript", "ts", ["ts"]),
    language("java", "Java", "java"),
  ];
  const ids = (query: string) => matchLanguages(languages, query).map(({ id }) => id);
  assert.deepEqual(ids("java"), ["java", "javascript"]);
  assert.deepEqual(ids("ts"), ["typescript", "deno"]);
});

test("nothing typed finds everything, and nonsense finds nothing", () => {
  assert.equal(find("").length, ALL.length);
  assert.deepEqual(find("zz"), []);
});

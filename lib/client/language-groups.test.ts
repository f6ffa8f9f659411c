import assert from "node:assert/strict";
import { test } from "node:test";
import { groupLanguages } from "./language-groups";
import { withRecent } from "./recent-languages";
import { loadSettings } from "./settings";
import type { TextStorage } from "./storage";
import { languageInfo } from "./testing/language-info";

const ALL = [
  languageInfo("python", "Python", "py"),
  languageInfo("commonlisp", "Common Lisp", "lisp"),
  languageInfo("cobol", "COBOL", "cob"),
  languageInfo("awk", "AWK", "awk"),
  languageInfo("bash", "Bash", "sh"),
];

const shown = (recent: readonly string[], query = "") =>
  groupLanguages(ALL, recent, query).map(({ label, rows }) => [
    label,
    rows.map(({ language }) => language.id),
  ]);

const BY_NAME = ["awk", "bash", "cobol", "commonlisp", "python"];

test("recent languages come first, then all by name, whatever their case", () => {
  assert.deepEqual(shown(["python", "bash"]), [
    ["Recent", ["python", "bash"]],
    ["All languages", BY_NAME],
  ]);
  const keys = groupLanguages(ALL, ["python"], "").flatMap(({ rows }) => rows.map(({ key }) => key));
  assert.equal(new Set(keys).size, 6, "every row has a key of its own");
});

test("without recent languages, or with ones that are not offered any more, there is no such group", () => {
  assert.deepEqual(shown([]), [["All languages", BY_NAME]]);
  assert.deepEqual(shown(["brainfuck"]), [["All languages", BY_NAME]]);
  assert.deepEqual(shown(["bash", "brainfuck", "bash"])[0], ["Recent", ["bash"]]);
});

test("a search is over all of them, without groups", () => {
  assert.deepEqual(shown(["python"], " co"), [[null, ["commonlisp", "cobol"]]]);
  assert.deepEqual(shown(["python"], "zz"), []);
  assert.equal(shown(["python"], "  ").length, 2, "blanks are nothing typed");
});

test("the last five are remembered, each once", () => {
  let recent: readonly string[] = [];
  for (const id of ["c", "go", "c", "lua", "sql", "d", "r"]) recent = withRecent(recent, id);
  assert.deepEqual(recent, ["r", "d", "sql", "lua", "c"]);
  assert.equal(withRecent(recent, "r"), recent, "nothing changes");
});

test("recent languages that cannot be read are none, and leave the other settings alone", () => {
  const storage: TextStorage = {
    get: () => JSON.stringify({ language: "lua", recentLanguages: { 0: "lua" } }),
    set: () => true,
    remove: () => {},
    keys: () => [],
  };
  const { language, recentLanguages } = loadSettings(storage);
  assert.deepEqual([language, recentLanguages], ["lua", []]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, mainFileProblem, renamed } from ".";

function problem(id: string, chosen: string, code = ""): string | null {
  const language = LANGUAGES.find((each) => each.id === id);
  assert.ok(language);
  return mainFileProblem(language, chosen, code);
}

test("an interpreted program can have another name with the same ending", () => {
  assert.equal(problem("python", "solve.py"), null);
  assert.equal(problem("lua", "src/solve.lua"), null);
  assert.match(problem("python", "solve.txt") ?? "", /ends with \.py/);
});

test("a compiled one can where the compiler is given its sources by their names", () => {
  assert.equal(problem("c", "solve.c"), null);
  assert.equal(problem("cpp", "solve.cpp"), null);
  assert.match(problem("rust", "solve.rs") ?? "", /always started as main\.rs/);
});

test("a language that names the file after what is in it has no other name", () => {
  const code = "public class Solve { }";
  assert.equal(problem("java", "Solve.java", code), null);
  assert.match(problem("java", "Other.java", code) ?? "", /what is in it/);
});

test("the usual name is always possible", () => {
  for (const language of LANGUAGES) {
    if (typeof language.mainFile === "string")
      assert.equal(mainFileProblem(language, language.mainFile, ""), null);
  }
});

test("only a word that is the name is replaced", () => {
  const argv = ["lua5.4", "-e", "dofile('main.lua')", "main.lua"];
  assert.deepEqual(renamed(argv, { mainFile: "main.lua" }, "a.lua"), [...argv.slice(0, 3), "a.lua"]);
  assert.equal(renamed(argv, { mainFile: "main.lua" }, undefined), argv);
});

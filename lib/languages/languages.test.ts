import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { chosenValue } from "../schemas/language-options";
import { LANGUAGES, mainFileOf } from ".";
import { loadEditor } from "./editor-loader";
import { galleryOf, sampleOf } from "./examples";
import { programsOf } from "./testing/test-programs";

test("no two languages share an id or an alias", () => {
  const names = LANGUAGES.flatMap(({ id, aliases }) => [id, ...aliases]);
  assert.deepEqual(names, [...new Set(names)]);
});

test("an id that is no language's has no editor, and none can lead out of the languages' folder", async () => {
  for (const id of ["klingon", "", ".", "..", "../client", "python/../python", "testing", "Python"])
    await assert.rejects(loadEditor(id), id);
});

test("the file of a program may be named by its code", () => {
  const java = { mainFile: (code: string) => `${/public class (\w+)/.exec(code)?.[1] ?? "Main"}.java` };
  assert.equal(mainFileOf(java, "public class Shapes {}"), "Shapes.java");
  assert.equal(mainFileOf(java, "class Shapes {}"), "Main.java");
});

for (const language of LANGUAGES) {
  const { id, name } = language;
  const sample = sampleOf(language);
  const mainFile = mainFileOf(language, sample.code);

  test(`${name} has a first program that prints something, with a line end`, () => {
    assert.notEqual(sample.code, "");
    assert.match(sample.expected, /\n$/);
    assert.ok(mainFile.endsWith(`.${language.extension}`), mainFile);
  });

  if (language.core) {
    test(`${name} has at least four examples, each with a title, a line about it, and what it prints`, () => {
      const gallery = galleryOf(language);
      assert.ok(gallery.length >= 4, `${gallery.length}`);
      for (const example of gallery) {
        assert.match(example.title, /^[A-Z].{3,40}$/);
        assert.match(example.about, /^[A-Z].{10,90}\.$/);
        assert.match(example.expected, /\n$/);
      }
      assert.ok(
        gallery.some(({ stdin }) => stdin !== ""),
        "one reads input",
      );
      assert.ok(
        gallery.some(({ code }) => code.includes("OUTPUT_DIR")),
        "one draws a picture",
      );
    });
  }

  test(`${name}'s options each have a default among their values, under plain names that are no other's`, () => {
    const { options = [], edition } = language;
    for (const { id: option, default: usual, values } of [...options]) {
      for (const word of [option, ...values.map((value) => value.id)])
        assert.match(word, /^[a-z][a-z0-9+]*$/);
      assert.equal(new Set(values.map((value) => value.id)).size, values.length);
      assert.ok(values.some((value) => value.id === usual));
    }
    assert.equal(new Set(options.map((option) => option.id)).size, options.length);
    const standard = options.find((option) => option.id === "standard");
    if (standard) assert.equal(chosenValue(standard, {})?.label, edition);
  });

  test(`${name}'s packages are each used by a program of its tests`, async () => {
    const { works } = await programsOf(id);
    const used = Object.values(works)
      .map(({ code }) => code)
      .join("\n");
    for (const one of language.packages?.names ?? []) assert.ok(used.includes(one), one);
  });

  test(`${name}'s editor knows whether the server formats it`, async () => {
    assert.equal((await loadEditor(id)).formats ?? false, language.format !== undefined);
  });

  test(`${name}'s editor finds nothing in what is no message`, async () => {
    const { findDiagnostics } = await loadEditor(id);
    for (const output of ["", "\n", sample.expected, `Error rate: 3\nhello:1\n${mainFile}\n`])
      assert.deepEqual(findDiagnostics(output, mainFile), [], output);
  });

  test(`${name}'s editor reads a megabyte of anything in time`, async () => {
    const { findDiagnostics } = await loadEditor(id);
    for (const part of [`${"a:".repeat(500)}\n`, " ", "a", `${mainFile}:1:`, "(", "    at ", `  File "`]) {
      const output = part.repeat(1_000_000 / part.length);
      // Ends the search from outside: an expression that tracks back over all of it would take hours.
      runInNewContext(
        "findDiagnostics(output, mainFile)",
        { findDiagnostics, output, mainFile },
        { timeout: 10_000 },
      );
    }
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../languages/cpp";
import type { LanguageOption } from "./language";
import { changedOptions, flagsOf, optionProblems, resolvedOptions } from "./language-options";
import { chosenOptionsSchema } from "./run";

const OPTIONS: readonly LanguageOption[] = cpp.options ?? [];
const DEFAULTS = { standard: "c++20", optimization: "o1", warnings: "all" };

test("every option has a value: the chosen one, or the default, also where another version knew what was chosen", () => {
  assert.deepEqual(resolvedOptions(OPTIONS, undefined), DEFAULTS);
  const chosen = { optimization: "o3", standard: "c++98", modules: "on", constructor: "x" };
  assert.deepEqual(resolvedOptions(OPTIONS, chosen), { ...DEFAULTS, optimization: "o3" });
  assert.deepEqual(flagsOf(OPTIONS, "warnings", { warnings: "extra" }), ["-Wall", "-Wextra"]);
  assert.deepEqual(flagsOf(OPTIONS, "modules", {}), []);
});

test("two choices that say the same are kept alike: without the defaults, in the options' order", () => {
  assert.equal(changedOptions(OPTIONS, DEFAULTS), undefined);
  assert.equal(changedOptions([], { standard: "c++23" }), undefined);
  const kept = changedOptions(OPTIONS, {
    warnings: "off",
    optimization: "o1",
    standard: "c++23",
    other: "x",
  });
  assert.equal(JSON.stringify(kept), '{"standard":"c++23","warnings":"off"}');
});

test("what a language does not have is named by its field, with what there is; all of it at once", () => {
  assert.deepEqual(optionProblems(cpp, { standard: "c++17" }), []);
  assert.deepEqual(
    optionProblems(cpp, { standard: "C++23", modules: "on", toString: "" }).map(({ message }) => message),
    [
      '`options.standard` is "C++23", which C++ does not have here; use one of c++17, c++20, c++23, c++26.',
      "`options.modules` is not an option of C++; use standard, optimization, warnings.",
      "`options.toString` is not an option of C++; use standard, optimization, warnings.",
    ],
  );
  assert.deepEqual(optionProblems({ name: "Bash" }, { standard: "5" }), [
    {
      path: "options.standard",
      message: "`options.standard` is not an option of Bash; it has none, so leave `options` out.",
    },
  ]);
});

test("a choice is a small record of texts", () => {
  assert.ok(chosenOptionsSchema.safeParse({ a: "b" }).success);
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`o${n}`, "x"]));
  for (const wrong of [many, { a: 1 }, { "": "x" }, { a: "x".repeat(65) }, { ["a".repeat(33)]: "x" }, []])
    assert.equal(chosenOptionsSchema.safeParse(wrong).success, false);
});

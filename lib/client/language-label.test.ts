import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../languages/cpp";
import { editorLabelParts, languageLabel } from "./language-label";

test("a language is named with its edition and with what makes or runs its programs", () => {
  assert.equal(languageLabel({ name: "Python", version: "3.13" }), "Python 3.13");
  assert.equal(languageLabel({ name: "TypeScript", version: "Node 20.19" }), "TypeScript · Node 20.19");
  assert.equal(languageLabel({ name: "C++", version: "GCC 14.2", edition: "C++20" }), "C++20 · GCC 14.2");
});

const CPP = { name: "C++", version: "GCC 14.2", edition: "C++20", options: [...(cpp.options ?? [])] };

test("a run is named with what it chose other than the defaults, its standard in the place of the edition", () => {
  const cases = [
    [undefined, "C++20 · GCC 14.2"],
    [{ standard: "c++23" }, "C++23 · GCC 14.2"],
    [{ standard: "c++23", optimization: "o2" }, "C++23 · GCC 14.2 · -O2"],
    [{ optimization: "o1", warnings: "extra" }, "C++20 · GCC 14.2 · -Wall -Wextra"],
    [{ optimization: "o0", warnings: "off" }, "C++20 · GCC 14.2 · -O0 -w"],
    [{ standard: "c++98", modules: "on" }, "C++20 · GCC 14.2"],
  ] as const;
  for (const [chosen, label] of cases) assert.equal(languageLabel(CPP, chosen), label);
});

test("over the editor the optimisation is always said, of a language that has one", () => {
  const label = (language: Parameters<typeof editorLabelParts>[0], chosen?: Record<string, string>) => {
    const { head, rest } = editorLabelParts(language, chosen);
    return head + rest;
  };
  assert.equal(label(CPP), "C++20 · GCC 14.2 · -O1");
  assert.equal(label(CPP, { standard: "c++26", warnings: "off" }), "C++26 · GCC 14.2 · -O1 -w");
  assert.equal(label({ name: "Python", version: "3.13", options: [] }), "Python 3.13");
});

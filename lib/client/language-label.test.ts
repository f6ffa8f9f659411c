import assert from "node:assert/strict";
import { test } from "node:test";
import { languageLabel } from "./language-label";

test("a language is named with its edition and with what makes or runs its programs", () => {
  assert.equal(languageLabel({ name: "Python", version: "3.13" }), "Python 3.13");
  assert.equal(languageLabel({ name: "TypeScript", version: "Node 20.19" }), "TypeScript · Node 20.19");
  assert.equal(languageLabel({ name: "C++", version: "GCC 14.2", edition: "C++20" }), "C++20 · GCC 14.2");
});

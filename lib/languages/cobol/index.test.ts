import assert from "node:assert/strict";
import { test } from "node:test";
import { PLANS } from "../../plans";
import { type ChosenOptions, resolvedOptions } from "../../schemas/language-options";
import { argvOf } from "../language";
import { cobol } from ".";

function layoutOf(content: string, chosen: ChosenOptions = {}): string | undefined {
  assert.ok(cobol.compile);
  const options = resolvedOptions(cobol.options ?? [], chosen);
  const files = [{ path: "main.cob", content }];
  const words = argvOf(cobol.compile, { limits: PLANS.guest.limits.compile, ownImage: true, files, options });
  return words.find((word) => word === "-free" || word === "-fixed");
}

const FREE = "identification division.\nprogram-id. hello.\nprocedure division.\n    stop run.\n";
const CARDS =
  "000100 IDENTIFICATION DIVISION.\n000200 PROGRAM-ID. HELLO.\n      * WORDS\n\n       PROCEDURE DIVISION.\n           STOP RUN.\n";

test("a program is taken as it is written: on cards, or free", () => {
  assert.equal(layoutOf(FREE), "-free");
  assert.equal(layoutOf(CARDS), "-fixed");
  assert.equal(layoutOf(CARDS.replace("      * WORDS", "*> words")), "-free");
});

test("a layout that is chosen is taken whatever the program looks like", () => {
  assert.equal(layoutOf(FREE, { layout: "fixed" }), "-fixed");
  assert.equal(layoutOf(CARDS, { layout: "free" }), "-free");
});

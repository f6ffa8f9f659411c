import assert from "node:assert/strict";
import { test } from "node:test";
import type { Draft } from "../drafts";
import { withoutSampleInput } from "./sample-input";

const SAMPLE: Draft = {
  code: "name = input()\nprint(name)\n",
  stdin: "Ada\n",
  args: "",
  files: [],
  tests: [],
};

test("a sample's input goes with the last line of its code", () => {
  assert.equal(withoutSampleInput(SAMPLE, { ...SAMPLE, code: "print(1)\n" }).stdin, "");
  assert.equal(withoutSampleInput(SAMPLE, { ...SAMPLE, code: "" }).stdin, "");
});

test("it stays while some of the code is there, and what was typed as input always stays", () => {
  assert.equal(withoutSampleInput(SAMPLE, { ...SAMPLE, code: "x\n  print(name)" }).stdin, "Ada\n");
  assert.equal(withoutSampleInput(SAMPLE, { ...SAMPLE, code: "1", stdin: "mine" }).stdin, "mine");
  assert.equal(withoutSampleInput(SAMPLE, { ...SAMPLE, args: "-v" }).stdin, "Ada\n");
});

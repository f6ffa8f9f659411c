import assert from "node:assert/strict";
import { test } from "node:test";
import { inputAfterEdit } from "./sample-input";

const SAMPLE = { code: 'import sys\n\nfor name in sys.stdin:\n    print("Hello", name)\n', stdin: "World\n" };

test("a sample's input goes when its code is replaced, and comes back when that is undone", () => {
  assert.equal(inputAfterEdit([SAMPLE], SAMPLE, "print(1)\n"), "");
  assert.equal(inputAfterEdit([SAMPLE], SAMPLE, ""), "");
  assert.equal(inputAfterEdit([SAMPLE], { code: "", stdin: "" }, SAMPLE.code), "World\n");
});

test("it stays while the sample is only changed", () => {
  assert.equal(inputAfterEdit([SAMPLE], SAMPLE, SAMPLE.code.replace("Hello", "Good day")), "World\n");
  assert.equal(inputAfterEdit([SAMPLE], SAMPLE, `${SAMPLE.code}\n)\n`), "World\n");
});

test("what somebody typed as input stays, whatever becomes of the code", () => {
  assert.equal(inputAfterEdit([SAMPLE], { ...SAMPLE, stdin: "Ada\n" }, "print(1)\n"), "Ada\n");
  // Emptied by themselves, with the sample's code still there.
  assert.equal(inputAfterEdit([SAMPLE], { ...SAMPLE, code: `${SAMPLE.code}#`, stdin: "" }, SAMPLE.code), "");
});

test("the same text as input of another program is not the sample's", () => {
  assert.equal(inputAfterEdit([SAMPLE], { code: "print(1)", stdin: "World\n" }, "print(2)"), "World\n");
});

test("every sample is looked at", () => {
  const other = { code: "words = input()\n", stdin: "a b\n" };
  assert.equal(inputAfterEdit([SAMPLE, other], other, "x"), "");
});

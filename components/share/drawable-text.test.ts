import assert from "node:assert/strict";
import { test } from "node:test";
import { toDrawableText } from "./drawable-text";

test("only what the picture's own font has is drawn, so nothing is fetched for the rest", () => {
  assert.equal(toDrawableText("print('héllo')"), "print('héllo')");
  assert.equal(toDrawableText("\tx = 1"), "    x = 1");
  assert.equal(toDrawableText("日本語 🦀 ok\u200b"), "· · ok·");
  assert.equal(toDrawableText("e\u0301"), "é");
});

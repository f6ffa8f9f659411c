import assert from "node:assert/strict";
import { test } from "node:test";
import { drawable } from "./drawable";

test("only what the picture's own font has is drawn, so nothing is fetched for the rest", () => {
  assert.equal(drawable("print('héllo')"), "print('héllo')");
  assert.equal(drawable("\tx = 1"), "    x = 1");
  assert.equal(drawable("日本語 🦀 ok\u200b"), "· · ok·");
  assert.equal(drawable("e\u0301"), "é");
});

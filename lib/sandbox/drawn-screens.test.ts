import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutDrawnScreens } from "./drawn-screens";

test("a screen that was drawn and left is gone, what was printed before, between and after stays", () => {
  const drawn = "\x1b[?1049h\x1b[H@\nmore\x1b[2J\x1b[?1049l";
  assert.equal(withoutDrawnScreens(`a\r\n${drawn}b\x1b[31m${drawn}c`), "a\r\nb\x1b[31mc");
  assert.equal(withoutDrawnScreens("a\x1b[?47hx\x1b[?47lb"), "ab");
});

test("one that was not left, or by the end of another kind, stays", () => {
  for (const text of ["a\x1b[?1049hdrawn", "a\x1b[?1049hdrawn\x1b[?47l", "no screens"])
    assert.equal(withoutDrawnScreens(text), text);
});

test("a megabyte of screens that are never left takes no time that counts", { timeout: 10_000 }, () => {
  const text = "\x1b[?1049h".repeat(131_072);
  assert.equal(withoutDrawnScreens(text), text);
});

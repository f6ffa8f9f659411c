import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAfterKey } from "./list-keys";

const press = (key: string, at: number, { count = 46, typed = false, ctrlKey = false } = {}) =>
  placeAfterKey({ key, ctrlKey, metaKey: false }, { at, count, typed });

test("arrow keys go round, pages stop at the ends", () => {
  assert.deepEqual([press("ArrowDown", 3), press("ArrowDown", 45)], [4, 0]);
  assert.deepEqual([press("ArrowUp", 3), press("ArrowUp", 0)], [2, 45]);
  assert.deepEqual([press("PageDown", 3), press("PageDown", 40)], [11, 45]);
  assert.deepEqual([press("PageUp", 11), press("PageUp", 3)], [3, 0]);
});

test("Home and End are the text's once there is some, but for Ctrl", () => {
  assert.deepEqual([press("Home", 7), press("End", 7)], [0, 45]);
  assert.deepEqual([press("Home", 7, { typed: true }), press("End", 7, { typed: true })], [null, null]);
  assert.equal(press("End", 7, { typed: true, ctrlKey: true }), 45);
});

test("other keys are the field's, and an empty list has no place", () => {
  assert.equal(press("a", 3), null);
  assert.equal(press("ArrowDown", -1, { count: 0 }), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { revisionOf } from "./if-match";

const of = (value: string) => revisionOf(new Headers({ "if-match": value }));

test("a revision is read as it is written by hand and by libraries", () => {
  assert.equal(revisionOf(new Headers()), null);
  assert.equal(of("*"), null);
  assert.deepEqual([of('"3"'), of("12"), of('W/"7"')], [3, 12, 7]);
});

test("anything else is refused, naming what it was", () => {
  for (const value of ["abc", "-1", '"1", "2"', "1.5", "99999999999"]) {
    assert.throws(() => of(value), { code: "invalid_request" }, value);
  }
});

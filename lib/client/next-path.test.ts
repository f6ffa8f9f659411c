import assert from "node:assert/strict";
import { test } from "node:test";
import { accountUrl, nextPath } from "./next-path";

test("a page of ours is gone to, with its query and its fragment", () => {
  for (const path of ["/", "/history", "/history?q=a%20b&pinned=true", "/r/abc#output", "/settings#keys"]) {
    assert.equal(nextPath(path), path);
  }
  assert.equal(nextPath("/history?q=http://elsewhere.example"), "/history?q=http://elsewhere.example");
});

test("nothing that could be another site is gone to", () => {
  const elsewhere = [
    "//elsewhere.example",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "/.//elsewhere.example",
    "/x/..//elsewhere.example",
    "/%2e//elsewhere.example",
    "http://elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "elsewhere.example",
    "@elsewhere.example",
    "?next=/",
    "",
  ];
  for (const requested of elsewhere) assert.equal(nextPath(requested), "/", JSON.stringify(requested));
  for (const requested of [null, undefined]) assert.equal(nextPath(requested), "/");
});

test("signing in leads neither back to signing in nor to an answer of the API", () => {
  for (const path of [
    "/sign-in",
    "/sign-in?next=/history",
    "/sign-up/",
    "/api/auth/signout",
    "/x/../api/runs",
  ]) {
    assert.equal(nextPath(path), "/", path);
  }
  assert.equal(nextPath("/sign-in-and-out"), "/sign-in-and-out");
});

test("the way back is in the address only when there is one", () => {
  assert.equal(accountUrl("/sign-up", "/"), "/sign-up");
  assert.equal(accountUrl("/sign-in", "/history?q=a"), "/sign-in?next=%2Fhistory%3Fq%3Da");
  assert.equal(accountUrl("/sign-in", "//elsewhere.example"), "/sign-in");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { prefers } from "./accept-encoding";

const TAKEN = [
  "gzip",
  "GZIP",
  "x-gzip",
  "gzip, deflate, br",
  "br;q=1.0, gzip;q=0.8, *;q=0.1",
  "*",
  "*;q=0.001",
  "deflate, gzip;q=1.0, *;q=0.5",
  "identity;q=0.5, gzip",
  "identity, gzip",
  "gzip ; q=0.5",
  "gzip;q=1.",
  "identity;q=0, *;q=0.1",
  "gzip;level=9",
];
const NOT_TAKEN = [
  undefined,
  "",
  "identity",
  "br",
  "gzip;q=0",
  "gzip; q=0.000",
  "gzip;Q=0",
  "x-gzip;q=0",
  "*;q=0",
  "gzip;q=0, *",
  "gzip;q=0, deflate, *;q=1",
  "gzip;q=0.",
  "identity;q=0",
  "identity;q=1, gzip;q=0.5",
  "identity, *;q=0.5",
  "notgzip",
  "gzipped, x-gzip-not",
  "gzip;q=none",
  "gzip;q=2",
  ";;,,=",
];

test("a coding is taken when the client gives it a weight, its own before that of *, and none greater to plain", () => {
  for (const header of TAKEN) assert.equal(prefers("gzip", header), true, header);
  for (const header of NOT_TAKEN) assert.equal(prefers("gzip", header), false, header);
});

test("each coding has its own weight, and the old name of gzip is no other's", () => {
  assert.equal(prefers("br", "gzip, deflate, br, zstd"), true);
  assert.equal(prefers("br", "gzip, deflate"), false);
  assert.equal(prefers("br", "gzip, br;q=0"), false);
  assert.equal(prefers("br", "x-gzip"), false);
});

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { LTS } from "./nodes.mjs";

test("the app's image and JavaScript's have the same Node, which is the one that tests run on", () => {
  const [app, javascript] = ["Dockerfile", "lib/languages/javascript/Dockerfile"].map((file) => {
    const text = fs.readFileSync(file, "utf8");
    const all = (pattern) => [...new Set([...text.matchAll(pattern)].map(([, found]) => found))];
    return { versions: all(/-(\d+\.\d+\.\d+)\.tgz/g), sums: all(/\bsum=(\w{128})\b/g) };
  });
  assert.deepEqual(app.versions, [LTS]);
  assert.equal(app.sums.length, 2);
  assert.deepEqual(app, javascript);
});

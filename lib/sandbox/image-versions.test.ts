import assert from "node:assert/strict";
import { test } from "node:test";
import { notedVersions, versionLine } from "./image-versions";

test("of what a tool prints the first line with a number tells its version", () => {
  assert.equal(versionLine("Python 3.13.5\n"), "Python 3.13.5");
  assert.equal(
    versionLine("\n\nThis is perl\n\n  perl 5, version 40\nCopyright 2025\n"),
    "perl 5, version 40",
  );
  assert.equal(versionLine("Welcome to Rakudo\nv2024.12\n"), "v2024.12");
  assert.equal(versionLine("no answer\n"), null);
  assert.equal(versionLine(`v1 ${"x".repeat(200)}`)?.length, 120);
});

test("versions are read from an image's labels, others are let be", () => {
  assert.deepEqual(
    notedVersions({
      "quicksand.version.c": "gcc 14.2.0",
      "quicksand.version.cpp": "g++ 14.2.0",
      maintainer: "us",
    }),
    { c: "gcc 14.2.0", cpp: "g++ 14.2.0" },
  );
  assert.deepEqual(notedVersions(null), {});
});

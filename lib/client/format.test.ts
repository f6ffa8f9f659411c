import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBytes, formatDuration } from "./format";

test("durations are given in the unit a person would use", () => {
  assert.deepEqual([0, 14.2, 999, 1240, 10_002].map(formatDuration), [
    "0 ms",
    "14 ms",
    "999 ms",
    "1.24 s",
    "10.0 s",
  ]);
});

test("sizes are given in the unit a person would use", () => {
  assert.deepEqual([512, 2048, 900_000, 8_421_376, 134_217_728].map(formatBytes), [
    "512 B",
    "2.0 KB",
    "879 KB",
    "8.0 MB",
    "128 MB",
  ]);
});

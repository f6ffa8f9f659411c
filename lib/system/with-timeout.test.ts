import assert from "node:assert/strict";
import { test } from "node:test";
import { withTimeout } from "./with-timeout";

const never = new Promise<string>(() => {});

test("a promise that settles in time gives its value, or its error", async () => {
  assert.equal(await withTimeout(Promise.resolve("value"), 60_000, () => "late"), "value");
  const failed = Promise.reject(new Error("broken"));
  await assert.rejects(
    withTimeout(failed, 60_000, () => "late"),
    /broken/,
  );
});

test("one that does not gives what onTimeout answers, or throws", async () => {
  assert.equal(await withTimeout(never, 1, () => "late"), "late");
  const late = withTimeout(never, 1, () => {
    throw new Error("too late");
  });
  await assert.rejects(late, /too late/);
});

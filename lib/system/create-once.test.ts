import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createOnce } from "./create-once";

test("of many that create a file at once one succeeds, and its content is what all read", async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "quicksand-once-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "secret");
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, index) => createOnce(file, `content ${index}`)),
  );
  assert.equal(made.filter(Boolean).length, 1);
  assert.equal(await readFile(file, "utf8"), `content ${made.indexOf(true)}`);
  assert.deepEqual(await readdir(folder), ["secret"]);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

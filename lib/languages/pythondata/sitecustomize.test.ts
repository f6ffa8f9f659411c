import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/** Each image is built from its own folder, so the file is in two of them. */
function partsOf(folder: string): readonly (string | undefined)[] {
  const source = readFileSync(path.join(import.meta.dirname, "..", folder, "sitecustomize.py"), "utf8");
  const flush = /^def _flush[\s\S]*?^except ValueError:\n {4}pass$/m.exec(source)?.[0];
  const standby = /^ {4}def _word[\s\S]*?^ {4}_stand_by\(\)$/m.exec(source)?.[0];
  return [flush, standby];
}

test("Python for data flushes and stands by as Python does", () => {
  const [flush, standby] = partsOf("python");
  assert.ok(flush && standby);
  assert.deepEqual(partsOf("pythondata"), [flush, standby]);
});

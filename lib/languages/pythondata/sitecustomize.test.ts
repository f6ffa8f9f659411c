import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/** Each image is built from its own folder, so the file is in two of them. */
function partsOf(folder: string): readonly (string | undefined)[] {
  const source = readFileSync(path.join(import.meta.dirname, "..", folder, "sitecustomize.py"), "utf8");
  const flush = /^def _flush[\s\S]*?^except ValueError:\n {4}pass$/m.exec(source)?.[0];
  const freeze = /^def _freeze[\s\S]*?names\.update\(followed\)$/m.exec(source)?.[0];
  const end = /^ {4}def _shorten_end[\s\S]*?^ {8}return stay, arm$/m.exec(source)?.[0];
  const standby = /^ {4}def _word[\s\S]*?^ {8}return launcher$/m.exec(source)?.[0];
  return [flush, freeze, end, standby];
}

test("Python for data flushes, stands by and ends as Python does", () => {
  const parts = partsOf("python");
  assert.ok(parts.every((part) => part));
  assert.deepEqual(partsOf("pythondata"), parts);
});

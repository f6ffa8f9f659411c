import assert from "node:assert/strict";
import { test } from "node:test";
import { preferencesSchema } from "./account";
import { DEFAULT_PREFERENCES, readPreferences } from "./preferences";

const NAMES = Object.keys(preferencesSchema.shape);

/** Allowed values of every preference, and their neighbours of every kind. */
const VALUES: readonly unknown[] = [
  ...["system", "light", "dark", "normal", "high", "standard", "vim", "emacs", "auto", "side", "below"],
  ...[0, 2, 3, 4, 8, 9, 10, 14, 14.5, 27, 28, 29, -10, Number.NaN, Number.POSITIVE_INFINITY],
  ...["", "Dark", "10", "2", "true", true, false, null, undefined, [], ["dark"], {}, { theme: "dark" }],
];

test("the defaults are the schema's, and every preference has one", () => {
  assert.deepEqual(DEFAULT_PREFERENCES, preferencesSchema.parse({}));
  assert.deepEqual(readPreferences({}), DEFAULT_PREFERENCES);
});

test("each preference takes and refuses the same values as the schema", () => {
  for (const name of NAMES) {
    for (const value of VALUES) {
      const kept = { [name]: value };
      assert.deepEqual(readPreferences(kept), preferencesSchema.parse(kept), `${name}: ${String(value)}`);
    }
  }
});

test("one bad value does not cost the others, and what is no preference is left out", () => {
  const kept = { fontSize: 900, tabWidth: 2, languageServer: false, colour: "red" };
  assert.deepEqual(readPreferences(kept), { ...DEFAULT_PREFERENCES, tabWidth: 2, languageServer: false });
});

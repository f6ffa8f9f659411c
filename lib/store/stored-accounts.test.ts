import assert from "node:assert/strict";
import { test } from "node:test";
import { distinctIdentities, isNewUse, storedPreferencesSchema } from "./stored-accounts";

test("a preference that cannot be understood costs itself alone, and what was never set stays absent", () => {
  const parse = (kept: unknown) => storedPreferencesSchema.parse(kept);
  assert.deepEqual(parse({}), {});
  assert.deepEqual(parse({ theme: "dark", fontSize: 20, keyMap: "vim", tabWidth: 2, layout: "below" }), {
    theme: "dark",
    fontSize: 20,
    keyMap: "vim",
    tabWidth: 2,
    layout: "below",
  });
  assert.deepEqual(parse({ theme: "pink", fontSize: 9, keyMap: null, tabWidth: "4", layout: "side" }), {
    layout: "side",
  });
  assert.deepEqual(parse({ colour: "blue", theme: undefined, tabWidth: 8 }), { tabWidth: 8 });
  for (const nothing of [null, [], "dark", 7, undefined]) assert.deepEqual(parse(nothing), {});
});

test("a use is new after a minute, and not when a clock goes back", () => {
  const at = new Date(1_000_000);
  assert.equal(isNewUse(null, at), true);
  assert.equal(isNewUse(at, at), false);
  assert.equal(isNewUse(at, new Date(1_059_999)), false);
  assert.equal(isNewUse(at, new Date(1_060_000)), true);
  assert.equal(isNewUse(at, new Date(0)), false);
});

test("an identity given twice is one, in the order in which they were given", () => {
  const [one, two] = [
    { way: "google" as const, id: "1" },
    { way: "github" as const, id: "1" },
  ];
  assert.deepEqual(distinctIdentities([one, two, { ...one }]), [one, two]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Action, actionFor, isPressed, type KeyPress, keyNames } from "./actions";

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

test("the modifier of shortcuts is Ctrl, and ⌘ on a Mac; the other one is another key", () => {
  assert.ok(isPressed("Mod+K", press("k", { ctrlKey: true }), false));
  assert.ok(isPressed("Mod+K", press("k", { metaKey: true }), true));
  assert.ok(!isPressed("Mod+K", press("k", { metaKey: true }), false));
  assert.ok(!isPressed("Mod+K", press("k", { ctrlKey: true }), true));
  assert.ok(!isPressed("Mod+K", press("k"), false));
  assert.ok(!isPressed("Mod+K", press("K", { ctrlKey: true, shiftKey: true }), false));
  assert.ok(isPressed("Mod+Shift+P", press("P", { ctrlKey: true, shiftKey: true }), false));
});

test("a sign is known with Shift and without; a letter also where Alt makes another sign of it", () => {
  assert.ok(isPressed("?", press("?", { shiftKey: true }), false));
  assert.ok(isPressed("?", press("?"), false));
  assert.ok(!isPressed("?", press("/", { shiftKey: true }), false));
  assert.ok(isPressed("Shift+Alt+F", press("Ï", { code: "KeyF", shiftKey: true, altKey: true }), true));
});

test("an action that cannot be done now, or whose keys another part answers, has no key", () => {
  const action = (id: string, more: Partial<Action>): Action => ({
    ...{ id, title: id, group: "Run", keys: "F9", run() {} },
    ...more,
  });
  const stop = action("stop", { enabled: false });
  const format = action("format", { keysElsewhere: true });
  assert.equal(actionFor([stop, format], press("F9"), false), null);
  assert.equal(actionFor([stop, format, action("run", {})], press("F9"), false)?.id, "run");
});

test("keys are named as on the keyboard", () => {
  assert.deepEqual(keyNames("Mod+Shift+P", false), ["Ctrl", "Shift", "P"]);
  assert.deepEqual(keyNames("Mod+Shift+P", true), ["⌘", "⇧", "P"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageKeyOf, sentFor } from "./terminal-keys";

const press = (code: string, held: string, key = code.replace("Key", "").toLowerCase()) => ({
  code,
  key,
  ctrlKey: held.includes("ctrl"),
  shiftKey: held.includes("shift"),
  altKey: held.includes("alt"),
  metaKey: held.includes("meta"),
});

test("with Ctrl and Shift the page copies, pastes, searches and leaves; without Shift these are the program's", () => {
  const keys = ["KeyC", "KeyV", "KeyF", "KeyX"];
  const page = ["copy", "paste", "search", "leave"];
  assert.deepEqual(
    keys.map((code) => pageKeyOf(press(code, "ctrl shift"), false)),
    page,
  );
  for (const held of ["", "ctrl", "shift", "ctrl alt", "ctrl shift alt"])
    for (const code of [...keys, "KeyD"])
      assert.equal(pageKeyOf(press(code, held), false), null, `${held} ${code}`);
});

test("Escape and Tab are always the program's", () => {
  for (const ended of [false, true])
    for (const code of ["Escape", "Tab"]) assert.equal(pageKeyOf(press(code, "", code), ended), null);
});

test("Ctrl+Enter runs again once the program has ended", () => {
  for (const held of ["ctrl", "meta"]) {
    assert.equal(pageKeyOf(press("Enter", held, "Enter"), true), "run");
    assert.equal(pageKeyOf(press("Enter", held, "Enter"), false), null);
  }
});

test("arrows go as the program asked for them, other keys always alike", () => {
  assert.deepEqual([sentFor("\x1b[A", false), sentFor("\x1b[A", true)], ["\x1b[A", "\x1bOA"]);
  for (const key of ["\x1b", "\x03", "\t"]) assert.equal(sentFor(key, true), key);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { safeStorage } from "../storage";
import { type KeptProgram, keptText, parseKept } from "./kept";
import { createShelf, heardProgram } from "./shelf";

function fakeStorage({ full = false } = {}) {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key: string) => void items.delete(key),
    key: (at: number) => [...items.keys()][at] ?? null,
    get length() {
      return items.size;
    },
  };
}

const PROGRAM: KeptProgram = {
  ...{
    id: "one",
    language: "python",
    title: "Größte Zahl",
    titleSource: "typed",
  },
  content: {
    options: { optimise: "2" },
    ...{ code: "print(1)", stdin: "x\n", args: "-v", files: [{ path: "util.py", content: "x = 1" }] },
    tests: [{ name: "one", stdin: "1", expected: "2", compare: "exact" }],
  },
  ...{ revision: 3, dirty: true, stamp: "s", at: 5 },
};

test("a program comes back as it was kept", () => {
  const fake = fakeStorage();
  const shelf = createShelf(safeStorage(() => fake));
  assert.equal(shelf.write(PROGRAM), true);
  assert.deepEqual(shelf.read("one"), PROGRAM);
  assert.deepEqual(shelf.all(), [PROGRAM]);
  assert.equal(shelf.read("two"), null);
  const [key = "", value = ""] = [...fake.items][0] ?? [];
  assert.deepEqual(heardProgram(key, value), PROGRAM);
  shelf.remove("one");
  assert.equal(shelf.read("one"), null);
});

test("with storage full a program lives as long as the page, and the caller is told", () => {
  const fake = fakeStorage({ full: true });
  const shelf = createShelf(safeStorage(() => fake));
  assert.equal(shelf.write(PROGRAM), false);
  assert.deepEqual(shelf.read("one"), PROGRAM);
});

test("with storage blocked nothing throws", () => {
  const shelf = createShelf(
    safeStorage(() => {
      throw new DOMException("denied", "SecurityError");
    }),
  );
  assert.equal(shelf.read("one"), null);
  assert.equal(shelf.write(PROGRAM), false);
  assert.deepEqual(shelf.read("one"), PROGRAM);
  assert.deepEqual(shelf.all(), [PROGRAM]);
});

test("an entry that is broken, foreign or of another version counts as none", () => {
  const other = keptText(PROGRAM).replace('"v":1', '"v":2');
  for (const text of [null, "", "{", "null", "[]", other, keptText(PROGRAM).replace('"code"', '"cod"')]) {
    assert.equal(parseKept(text), null, String(text));
  }
  assert.equal(heardProgram("quicksand:settings:v1", keptText(PROGRAM)), null);
  assert.equal(heardProgram(null, null), null);
});

test("the last program of each language is known, and whether the sample was asked for", () => {
  const fake = fakeStorage();
  const shelf = createShelf(safeStorage(() => fake));
  assert.deepEqual([shelf.last("c"), shelf.wasEmptied("c")], [null, false]);
  shelf.setLast("c", "one");
  shelf.setLast("python", null);
  assert.deepEqual([shelf.last("c"), shelf.last("python")], ["one", null]);
  assert.deepEqual([shelf.wasEmptied("c"), shelf.wasEmptied("python")], [false, true]);
});

test("after a sign-out only what the server does not have is left", () => {
  const fake = fakeStorage();
  const shelf = createShelf(safeStorage(() => fake));
  shelf.write({ ...PROGRAM, dirty: false });
  shelf.write({ ...PROGRAM, id: "typed" });
  shelf.setLast("python", "one");
  shelf.setLast("c", "typed");
  shelf.forgetSaved();
  assert.deepEqual(
    shelf.all().map(({ id }) => id),
    ["typed"],
  );
  assert.deepEqual([shelf.last("python"), shelf.last("c")], [null, "typed"]);
});

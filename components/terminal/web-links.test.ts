import assert from "node:assert/strict";
import { test } from "node:test";
import type { IBuffer } from "@xterm/xterm";
import { addressesAt, openableAddress } from "./web-links";

/** Rows of cells; one that begins with `↳` goes on from the one before. A wide character has an empty cell behind it. */
function screen(...rows: string[]): Pick<IBuffer, "getLine"> {
  const lines = rows.map((row) => {
    const isWrapped = row.startsWith("↳");
    const cells = [...(isWrapped ? row.slice(1) : row)].flatMap((character) =>
      character === "日" ? [character, null] : [character],
    );
    return {
      ...{ isWrapped, length: cells.length },
      getCell: (x: number) => ({
        getWidth: () => (cells[x] === null ? 0 : 1),
        getChars: () => cells[x] ?? "",
      }),
    };
  });
  return { getLine: (y) => lines[y] as unknown as ReturnType<IBuffer["getLine"]> };
}

const textsAt = (row: number, ...rows: string[]) => addressesAt(screen(...rows), row).map(({ text }) => text);

test("https alone can be opened, and no address that looks like another", () => {
  assert.equal(openableAddress("https://example.org/a?b=1#c"), "https://example.org/a?b=1#c");
  for (const text of [
    ...[
      "http://example.org",
      "javascript:alert(1)",
      "file:///etc/passwd",
      "data:text/html,x",
      "//example.org",
    ],
    ...[
      "https://bank.example@evil.example/",
      "https://a:b@evil.example/",
      "https://",
      "mailto:a@b.example",
      "",
    ],
  ]) {
    assert.equal(openableAddress(text), null, text);
  }
});

test("addresses of https are found in a line, without what is the sentence's, and others are not", () => {
  assert.deepEqual(
    textsAt(
      0,
      "see https://a.example/x, (https://b.example/y_(z)). Or <https://c.example/>! http://d.example",
    ),
    ["https://a.example/x", "https://b.example/y_(z)", "https://c.example/"],
  );
  assert.deepEqual(textsAt(0, "javascript:https ftp://https https:/x.example https://a@b.example/"), []);
});

test("a screen of marks behind an address takes no time that anybody notices", () => {
  for (const fill of [")", ".", ".)", "]]."]) {
    const text = `https://a.example/${fill.repeat(20_000)}`.slice(0, 40_000);
    const rows = (text.match(/.{1,1000}/g) ?? []).map((part, at) => (at === 0 ? part : `↳${part}`));
    const begin = performance.now();
    const found = addressesAt(screen(...rows), 20).map((one) => one.text);
    assert.deepEqual(found, ["https://a.example/"], fill);
    const took = performance.now() - begin;
    assert.ok(took < 500, `${fill}: ${took} ms`);
  }
});

test("cells are counted from 1, and a wide character takes two", () => {
  const [found] = addressesAt(screen("none", "日 https://a.example"), 1);
  assert.deepEqual(found?.range, { start: { x: 4, y: 2 }, end: { x: 20, y: 2 } });
});

test("an address that wraps is one from each of its rows, and the next line is none of it", () => {
  const rows = ["go: https://a.exam", "↳ple/abc", "def https://b.example"];
  for (const row of [0, 1]) {
    const [found, ...others] = addressesAt(screen(...rows), row);
    assert.deepEqual([found?.address, others], ["https://a.example/abc", []]);
    assert.deepEqual(found?.range, { start: { x: 5, y: 1 }, end: { x: 7, y: 2 } });
  }
  assert.deepEqual(textsAt(2, ...rows), ["https://b.example"]);
});

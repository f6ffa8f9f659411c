import assert from "node:assert/strict";
import { test } from "node:test";
import { fileResponse, textResponse } from "./file";

async function* nothing() {}

const NAMES = [
  "plain.txt",
  "it's, here – now.txt",
  `${"日本語".repeat(21)}です.csv`,
  'say "hello".txt',
  "back\\slash.txt",
  "100% sure.txt",
  "%41%2f.txt",
  "semi;colon=1, comma.txt",
  "line\r\nX-Evil: 1.txt",
  "tab\tnull\0.txt",
  "e\u0301 🙂 \u202etxt.exe",
  "(brackets) [and] {braces} *.txt",
  `${"long".repeat(62)}.txt`,
];

/** The two forms of a name, read as RFC 6266 and RFC 8187 say. */
function namesIn(header: string): { approximation: string; whole: string } {
  const match = /^(?:inline|attachment); filename="([^"\\%]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(
    header,
  );
  assert.ok(match, header);
  return { approximation: match[1] ?? "", whole: decodeURIComponent(match[2] ?? "") };
}

test("a file's name comes whole, whatever is in it, and near to it for clients that know no other form", () => {
  for (const name of NAMES) {
    const { headers } = fileResponse({ name, type: "text/plain", size: 0, bytes: nothing() });
    const { approximation, whole } = namesIn(headers.get("content-disposition") ?? "");
    assert.equal(whole, name);
    assert.match(approximation, /^[ -~]+\.(txt|csv|exe)$/, name);
    assert.equal([...headers.keys()].includes("x-evil"), false);
  }
});

test("what is plain in a name stays in the approximation", () => {
  const near = (name: string) => namesIn(textResponse("", name).headers.get("content-disposition") ?? "");
  assert.equal(near("it's, here – now.txt").approximation, "it's, here _ now.txt");
  assert.equal(near(`${"a".repeat(200)}.csv`).approximation, `${"a".repeat(200)}.csv`);
});

test("half a character in a name is marked and breaks nothing", () => {
  const { headers } = fileResponse({
    name: "half \ud83d.txt",
    type: "text/plain",
    size: 0,
    bytes: nothing(),
  });
  assert.equal(namesIn(headers.get("content-disposition") ?? "").whole, "half \ufffd.txt");
});

test("a file is read piece by piece, as its reader takes it, and no further when the reader leaves", async () => {
  let made = 0;
  let ended = false;
  async function* pieces() {
    try {
      for (; made < 40; ) {
        made++;
        yield new Uint8Array(1_000);
      }
    } finally {
      ended = true;
    }
  }
  const { body, headers } = fileResponse({ name: "a.bin", type: "x", size: 40_000, bytes: pieces() });
  const reader = body?.getReader();
  assert.deepEqual([made, headers.get("content-length")], [0, "40000"]);
  await reader?.read();
  await reader?.read();
  assert.equal(made, 2);
  await reader?.cancel();
  assert.equal(ended, true);
});

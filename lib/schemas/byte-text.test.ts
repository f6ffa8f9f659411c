import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfText, readableText, textOfBytes, unfinishedBytes } from "./byte-text";

const bytes = (...values: number[]) => Uint8Array.from(values);

test("valid UTF-8 is its text, with a byte order mark and NUL", () => {
  const text = "\ufeffa\0ä€🙂\r\n";
  assert.equal(textOfBytes(new TextEncoder().encode(text)), text);
  assert.deepEqual(bytesOfText(text), new TextEncoder().encode(text));
});

test("every byte comes back, in every order, also halves of characters and surrogates written as UTF-8", () => {
  const all = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
  assert.deepEqual(bytesOfText(textOfBytes(all)), all);
  const odd = [
    bytes(0xf0, 0x9f, 0x99),
    bytes(0xed, 0xb2, 0x80),
    bytes(0xf0, 0x9f, 0x99, 0x82, 0x82, 0x41),
    bytes(0xc0, 0x80, 0xff, 0xfe, 0xf5, 0x80),
    bytes(0xe2, 0x82, 0x41, 0xe2, 0x82, 0xac),
  ];
  for (const each of odd) assert.deepEqual(bytesOfText(textOfBytes(each)), each);
  let seed = 7;
  const random = Uint8Array.from({ length: 20_000 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed >> 16) & 0xff;
  });
  assert.deepEqual(bytesOfText(textOfBytes(random)), random);
});

test("pieces that are cut anywhere come back as the whole", () => {
  const whole = new TextEncoder().encode("ä€🙂".repeat(5));
  for (let cut = 0; cut <= whole.length; cut++) {
    const texts = textOfBytes(whole.subarray(0, cut)) + textOfBytes(whole.subarray(cut));
    assert.deepEqual(bytesOfText(texts), whole);
  }
});

test("people see U+FFFD for what is no text, and whole characters as they are", () => {
  assert.equal(readableText(textOfBytes(bytes(0x61, 0xff, 0x62))), "a\ufffdb");
  assert.equal(readableText("🙂"), "🙂");
});

test("the beginning of a character at the end is told from what will never be one", () => {
  const cases: [number[], number][] = [
    [[0x61], 0],
    [[0x61, 0xc3], 1],
    [[0xe2, 0x82], 2],
    [[0xf0, 0x9f, 0x99], 3],
    [[0xf0, 0x9f, 0x99, 0x82], 0],
    [[0x80, 0x80, 0x80], 0],
    [[0xff], 0],
    [[], 0],
  ];
  for (const [values, expected] of cases) assert.equal(unfinishedBytes(Uint8Array.from(values)), expected);
});

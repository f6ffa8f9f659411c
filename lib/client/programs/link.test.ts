import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, strToU8 } from "fflate";
import { isLink, type LinkedProgram, linkOf, MAX_LINK_CHARS, readLink } from "./link";

const PROGRAM: LinkedProgram = {
  language: "python",
  title: "Größte Zahl 😀",
  content: {
    options: { optimise: "2" },
    code: "print(max(map(int, input().split())))\n",
    stdin: "1 2 3\n",
    args: "-v 'half",
    files: [{ path: "util/a.py", content: "x = 1\n" }],
    tests: [{ name: "one", stdin: "1\n", expected: "1\n", compare: "trimmed" }],
  },
};

function fragmentOf(program: LinkedProgram): string {
  const link = linkOf(program);
  if (!link.ok) throw new Error(link.message);
  return link.fragment;
}
function forged(value: unknown): string {
  const bytes = deflateSync(strToU8(typeof value === "string" ? value : JSON.stringify(value)));
  return `p=1.${Buffer.from(bytes).toString("base64url")}`;
}
const failure = (fragment: string) => {
  const read = readLink(fragment);
  assert.equal(read.ok, false);
  return read.ok ? "" : read.message;
};

test("a program comes out of a link as it went in, with and without what is empty", () => {
  const fragment = fragmentOf(PROGRAM);
  assert.match(fragment, /^p=1\.[A-Za-z0-9_-]+$/);
  assert.ok(isLink(`#${fragment}`));
  assert.deepEqual(readLink(`#${fragment}`), { ok: true, program: PROGRAM });
  const bare: LinkedProgram = {
    ...{ language: "c", title: "" },
    content: { code: "", stdin: "", args: "", files: [], tests: [] },
  };
  assert.deepEqual(readLink(fragmentOf(bare)), { ok: true, program: bare });
});

test("other fragments are none of these links", () => {
  for (const fragment of ["", "#", "#keys", "#program"]) assert.equal(isLink(fragment), false, fragment);
});

test("a program that is too long is refused with its size and what to do instead", () => {
  const noise = Array.from({ length: 30_000 }, (_, n) => ((n * 7919) % 65_521).toString(36)).join("");
  const link = linkOf({ ...PROGRAM, content: { ...PROGRAM.content, code: noise } });
  assert.equal(link.ok, false);
  assert.match(link.ok ? "" : link.message, /[\d,]+ characters.*share the run/);
  assert.ok(fragmentOf(PROGRAM).length < MAX_LINK_CHARS);
});

test("what is damaged, cut, of a newer version or nothing at all is told apart from a program", () => {
  const fragment = fragmentOf(PROGRAM);
  for (const broken of ["p=", "p=1", "p=1.", "p=x.abc", "p=1.!!!!", fragment.slice(0, -6), forged("{")]) {
    assert.notEqual(failure(broken), "", broken);
  }
  assert.match(failure("p=2.abc"), /newer/);
});

test("what no request could hold is in no link either", () => {
  const base = { l: "python", c: "" };
  for (const value of [
    null,
    { ...base, l: "" },
    { ...base, c: "a\0b" },
    { ...base, c: "x".repeat(102_401) },
    { ...base, f: [["../../etc/passwd", ""]] },
    { ...base, f: [["/abs", ""]] },
    { ...base, x: [{ expected: 1 }] },
  ]) {
    failure(forged(value));
  }
});

test("gigabytes of zeros are not unpacked", () => {
  const bomb = forged(`{"l":"c","c":"${"0".repeat(64 * 1_048_576)}"}`);
  const before = process.memoryUsage().rss;
  failure(bomb);
  assert.ok(process.memoryUsage().rss - before < 48 * 1_048_576);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkScanner, OutputCollector } from "./output";

const MARK = Buffer.from("\x1eabcabd ");

/** The bytes of these pieces that a scanner returns, and the line after the mark. */
function scan(...pieces: string[]): { own: string; line: string | null; held: string } {
  const scanner = new MarkScanner(MARK);
  let own = "";
  let line: string | null = null;
  for (const piece of pieces) {
    const result = scanner.push(Buffer.from(piece, "latin1"));
    own += result.own.toString("latin1");
    line = result.line ?? line;
  }
  return { own, line, held: scanner.end().toString("latin1") };
}

test("a mark is found wherever the stream is cut", () => {
  const whole = `output${MARK}1 2 3\n`;
  for (let first = 0; first <= whole.length; first++) {
    for (let second = first; second <= whole.length; second++) {
      const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
      assert.deepEqual(scan(...pieces), { own: "output", line: "1 2 3", held: "" }, JSON.stringify(pieces));
    }
  }
});

test("a mark is found at the very beginning", () => {
  assert.deepEqual(scan(`${MARK}0\n`), { own: "", line: "0", held: "" });
});

test("near misses and repeated beginnings are the program's own", () => {
  const near = [
    "\x1e\x1e\x1e",
    "\x1eabcab\x1eabc",
    "\x1eabcabc ",
    "abcabd ",
    "\x1eabcabd\n",
    "\x1eabcab\x1e",
  ];
  for (const text of near) {
    for (let cut = 0; cut <= text.length; cut++) {
      const { own, line, held } = scan(text.slice(0, cut), text.slice(cut));
      assert.deepEqual([own + held, line], [text, null], JSON.stringify(text));
      const then = scan(text.slice(0, cut), `${text.slice(cut)}${MARK}9\n`);
      assert.deepEqual(then, { own: text, line: "9", held: "" }, JSON.stringify(text));
    }
  }
});

test("only what could begin a mark is held back", () => {
  const scanner = new MarkScanner(MARK);
  assert.equal(scanner.push(Buffer.from("prompt> ")).own.toString(), "prompt> ");
  assert.equal(scanner.push(Buffer.from("a\x1eabc")).own.toString(), "a");
  assert.equal(scanner.push(Buffer.from("x")).own.toString("latin1"), "\x1eabcx");
});

test("nothing after the mark is the program's", () => {
  const scanner = new MarkScanner(MARK);
  scanner.push(Buffer.from(`${MARK}1 2`));
  assert.deepEqual(scanner.push(Buffer.from(" 3\nmore")), { own: Buffer.alloc(0), line: "1 2 3" });
});

test("what comes after the mark's line is kept for whoever wants it", () => {
  const scanner = new MarkScanner(MARK);
  scanner.push(Buffer.from(`out${MARK}1 2`));
  assert.equal(scanner.rest().toString(), "");
  scanner.push(Buffer.from(" 3\narchive"));
  assert.equal(scanner.rest().toString(), "archive");
});

test("both streams share one cap in bytes, and what is over it is dropped", () => {
  const output = new OutputCollector(10);
  assert.equal(output.push("stdout", Buffer.from("123456")), "123456");
  assert.equal(output.truncated, false);
  assert.equal(output.push("stderr", Buffer.from("abcdef")), "abcd");
  assert.deepEqual([output.truncated, output.leftBytes], [true, 0]);
  assert.equal(output.push("stdout", Buffer.from("more")), "");
  assert.deepEqual([output.text("stdout"), output.text("stderr")], ["123456", "abcd"]);
});

test("output of exactly the cap is whole", () => {
  const output = new OutputCollector(4);
  output.push("stdout", Buffer.from("1234"));
  assert.equal(output.truncated, false);
  output.push("stdout", Buffer.alloc(0));
  assert.equal(output.truncated, false);
});

test("characters in pieces are put together, whatever the pieces", () => {
  const text = "aé€😀\ufeffz";
  const bytes = Buffer.from(text);
  for (let size = 1; size <= 5; size++) {
    const output = new OutputCollector(100);
    let streamed = "";
    for (let at = 0; at < bytes.length; at += size)
      streamed += output.push("stdout", bytes.subarray(at, at + size));
    assert.equal(streamed + output.end("stdout"), text);
    assert.equal(output.text("stdout"), text);
  }
});

test("the streams do not mix their unfinished characters", () => {
  const output = new OutputCollector(100);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = [
    Buffer.from("€").subarray(0, 1),
    Buffer.from("€").subarray(1),
  ];
  assert.equal(output.push("stdout", first) + output.push("stderr", Buffer.from("x")), "x");
  assert.equal(output.push("stdout", second), "€");
});

test("a character that is never finished becomes one replacement, one cut by the cap becomes nothing", () => {
  const unfinished = new OutputCollector(100);
  unfinished.push("stdout", Buffer.from("a😀").subarray(0, 3));
  assert.equal(unfinished.end("stdout"), "\ufffd");
  const cut = new OutputCollector(3);
  cut.push("stdout", Buffer.from("a😀"));
  assert.equal(cut.end("stdout"), "");
  assert.equal(cut.text("stdout"), "a");
});

test("the order of both streams is noted in characters, not in bytes or pieces", () => {
  const output = new OutputCollector(100);
  output.push("stdout", Buffer.from("é1\n"));
  output.push("stderr", Buffer.from("€").subarray(0, 1));
  output.push("stderr", Buffer.concat([Buffer.from("€").subarray(1), Buffer.from("\n")]));
  output.push("stdout", Buffer.from("3\n"));
  assert.deepEqual(output.order, [3, 2, 2]);
  const simple = new OutputCollector(100);
  simple.push("stdout", Buffer.from("1\n"));
  simple.push("stderr", Buffer.from("2\n"));
  assert.equal(simple.order, undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { TestOutput } from "./test-output";

const bytes = (text: string) => Buffer.from(text, "utf8");

test("all is judged and a part is kept, of both streams together and in whole characters", () => {
  const output = new TestOutput(100, 5);
  const passedOn = [
    output.push("stdout", bytes("ab")),
    output.push("stderr", bytes("é")),
    output.push("stdout", bytes("cdef")),
    output.push("stderr", bytes("x")),
    output.end("stdout"),
  ];
  assert.deepEqual(passedOn, ["ab", "é", "c", "", ""]);
  assert.deepEqual([output.stdout, output.kept("stdout"), output.kept("stderr")], ["abcdef", "abc", "é"]);
  assert.deepEqual([output.truncated, output.cut], [false, true]);
});

test("a character that does not fit is not kept by half", () => {
  const output = new TestOutput(100, 2);
  assert.equal(output.push("stdout", bytes("aé")), "a");
  assert.equal(output.end("stdout"), "");
  assert.deepEqual([output.kept("stdout"), output.stdout], ["a", "aé"]);
});

test("what is within both limits is neither truncated nor cut; beyond the first it is both", () => {
  const output = new TestOutput(4, 4);
  output.push("stdout", bytes("1234"));
  assert.deepEqual([output.truncated, output.cut], [false, false]);
  output.push("stdout", bytes("5"));
  assert.deepEqual([output.truncated, output.cut, output.stdout], [true, true, "1234"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { followed } from "./followed";

async function* numbers(): AsyncGenerator<number, undefined> {
  yield 1;
  yield 2;
}

function counting() {
  const left = { times: 0 };
  const leave = () => {
    left.times += 1;
  };
  return { left, leave };
}

test("who reads to the end, or to a failure, has left", async () => {
  const { left, leave } = counting();
  const seen: number[] = [];
  for await (const number of followed(numbers(), leave)) seen.push(number);
  assert.deepEqual(seen, [1, 2]);
  assert.equal(left.times, 1);
  const broken = numbers();
  broken.next = () => Promise.reject(new Error("no"));
  await assert.rejects(followed(broken, leave).next(), /no/);
  assert.equal(left.times, 2);
});

test("who stops reading has left", async () => {
  const { left, leave } = counting();
  const events = followed(numbers(), leave);
  await events.next();
  assert.equal(left.times, 0);
  await events.return?.();
  assert.equal(left.times, 1);
});

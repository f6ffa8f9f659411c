import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Followers } from "./followers";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

async function* numbers(): AsyncGenerator<number, undefined> {
  yield 1;
  yield 2;
}

function counting() {
  const followers = new Followers();
  let absences = 0;
  const onAbsence = () => {
    absences += 1;
  };
  return { followers, absent: () => absences, onAbsence };
}

test("nobody who ever comes is an absence", () => {
  const { followers, absent, onAbsence } = counting();
  followers.whenNone(1_000, onAbsence);
  mock.timers.tick(999);
  assert.equal(absent(), 0);
  mock.timers.tick(1);
  assert.equal(absent(), 1);
});

test("the time counts from when the last one has left, and begins again with the next", async () => {
  const { followers, absent, onAbsence } = counting();
  followers.whenNone(1_000, onAbsence);
  const one = followers.counted(numbers());
  const other = followers.counted(numbers());
  mock.timers.tick(5_000);
  await one.return?.();
  mock.timers.tick(5_000);
  assert.equal(absent(), 0);
  await other.next();
  await other.return?.();
  mock.timers.tick(900);
  const back = followers.counted(numbers());
  mock.timers.tick(5_000);
  assert.equal(absent(), 0);
  await back.return?.();
  await back.return?.();
  mock.timers.tick(1_000);
  assert.equal(absent(), 1);
});

test("who reads to the end, or to a failure, has left", async () => {
  const { followers, absent, onAbsence } = counting();
  followers.whenNone(1_000, onAbsence);
  const seen: number[] = [];
  for await (const number of followers.counted(numbers())) seen.push(number);
  assert.deepEqual(seen, [1, 2]);
  mock.timers.tick(1_000);
  assert.equal(absent(), 1);
  const broken = numbers();
  broken.next = () => Promise.reject(new Error("no"));
  const failing = followers.counted(broken);
  await assert.rejects(failing.next(), /no/);
  mock.timers.tick(1_000);
  assert.equal(absent(), 2);
});

test("after the end nobody is missed", async () => {
  const { followers, absent, onAbsence } = counting();
  followers.whenNone(1_000, onAbsence);
  const one = followers.counted(numbers());
  followers.end();
  await one.return?.();
  mock.timers.tick(5_000);
  assert.equal(absent(), 0);
});

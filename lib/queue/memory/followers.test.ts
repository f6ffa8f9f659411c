import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Followers } from "./followers";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

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

test("the time counts from when the last one has left, and begins again with the next", () => {
  const { followers, absent, onAbsence } = counting();
  followers.whenNone(1_000, onAbsence);
  const one = followers.follow();
  const other = followers.follow();
  mock.timers.tick(5_000);
  one();
  mock.timers.tick(5_000);
  assert.equal(absent(), 0);
  other();
  mock.timers.tick(900);
  const back = followers.follow();
  mock.timers.tick(5_000);
  assert.equal(absent(), 0);
  back();
  back();
  mock.timers.tick(1_000);
  assert.equal(absent(), 1);
});

test("after the end nobody is missed", () => {
  const { followers, absent, onAbsence } = counting();
  followers.whenNone(1_000, onAbsence);
  const one = followers.follow();
  followers.end();
  one();
  mock.timers.tick(5_000);
  assert.equal(absent(), 0);
});

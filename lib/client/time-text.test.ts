import assert from "node:assert/strict";
import { test } from "node:test";
import { dayHeading, formatAgo, formatCountdown, formatUpcoming, formatUtc } from "./time-text";

const NOW = new Date(2026, 10, 23, 16, 0, 0);

test("the recent past is told by its distance, the rest of it by the clock", () => {
  assert.equal(formatAgo(new Date(2026, 10, 23, 15, 59, 40), NOW), "just now");
  assert.equal(formatAgo(new Date(2026, 10, 23, 15, 59, 0), NOW), "1 min ago");
  assert.equal(formatAgo(new Date(2026, 10, 23, 13, 0, 0), NOW), "3 h ago");
  assert.equal(formatAgo(new Date(2026, 10, 22, 23, 5, 0), NOW), "23:05");
});

test("a clock that runs ahead gives no negative time", () => {
  assert.equal(formatAgo(new Date(2026, 10, 23, 16, 5, 0), NOW), "just now");
});

test("days are named as people name them", () => {
  assert.equal(dayHeading(new Date(2026, 10, 23, 0, 1), NOW), "Today");
  assert.equal(dayHeading(new Date(2026, 10, 22, 23, 59), NOW), "Yesterday");
  assert.equal(dayHeading(new Date(2026, 10, 20), NOW), "Friday 20 November");
  assert.match(dayHeading(new Date(2025, 11, 31), NOW), /2025/);
});

test("a moment reads the same wherever it is formatted", () => {
  assert.equal(formatUtc("2026-11-23T16:05:30.000Z"), "23 Nov 2026, 16:05 UTC");
});

test("a moment to come is told by the clock, and by the day when that is another", () => {
  assert.equal(formatUpcoming(new Date(2026, 10, 23, 18, 5), NOW), "at 18:05");
  assert.equal(formatUpcoming(new Date(2026, 10, 24, 1, 0), NOW), "tomorrow at 01:00");
  assert.equal(formatUpcoming(new Date(2026, 10, 27, 1, 0), NOW), "on Friday at 01:00");
});

test("a moment to come is told late rather than early, but for what is only rounding", () => {
  assert.equal(formatUpcoming(new Date(2026, 10, 23, 18, 5, 20), NOW), "at 18:06");
  assert.equal(formatUpcoming(new Date(2026, 10, 23, 18, 5, 1), NOW), "at 18:05");
  assert.equal(formatUpcoming(new Date(2026, 10, 23, 23, 59, 59), NOW), "tomorrow at 00:00");
});

test("a countdown shows what changes, and never a time that is over", () => {
  assert.equal(formatCountdown(42), "42 s");
  assert.equal(formatCountdown(185), "3 min 05 s");
  assert.equal(formatCountdown(5 * 3600 + 11 * 60 + 30), "5 h 12 min");
  assert.equal(formatCountdown(2 * 3600 - 1), "2 h 00 min");
  assert.equal(formatCountdown(-3), "0 s");
});

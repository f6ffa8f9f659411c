import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryLimiter } from "../limiters";
import { createGuestBrowsers } from "./guest-browsers";

const browsersOf = (perDayPerNetwork: number) =>
  createGuestBrowsers({ makeLimiter: memoryLimiter, perDayPerNetwork });

test("the first browsers of a network have a quota of their own for the day, further ones have not", async () => {
  const browsers = browsersOf(2);
  const admitted = async (guest: string, network = "school today") => browsers.admit(guest, network);
  assert.deepEqual([await admitted("a"), await admitted("b"), await admitted("c")], [true, true, false]);
  assert.deepEqual([await admitted("a"), await admitted("c")], [true, false], "it stays as it was");
  assert.ok(await admitted("c", "home today"), "every network has its own");
  assert.ok(await admitted("c", "school tomorrow"), "and every day");
});

test("many requests of a browser at once count it once", async () => {
  const browsers = browsersOf(2);
  const all = await Promise.all(Array.from({ length: 20 }, () => browsers.admit("a", "school")));
  assert.ok(all.every(Boolean));
  assert.ok(await browsers.admit("b", "school"));
});

test("of many browsers at once no more are admitted than may be", async () => {
  const browsers = browsersOf(5);
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => browsers.admit(`guest ${n}`, "school")));
  assert.equal(all.filter(Boolean).length, 5);
});

test("with a number of 0 no browser has a quota of its own", async () => {
  assert.equal(await browsersOf(0).admit("a", "school"), false);
});

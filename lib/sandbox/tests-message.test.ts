import assert from "node:assert/strict";
import { test } from "node:test";
import { PLANS } from "../plans";
import type { TestStatus } from "../schemas/run-test";
import type { Trailer } from "./cell";
import { testsMessage } from "./tests-message";

const limits = { ...PLANS.guest.limits, attended: null };
const TRAILER = {} as Trailer;

function message(
  statuses: TestStatus[],
  end: Partial<Parameters<typeof testsMessage>[0]> = {},
): string | null {
  const tests = statuses.map((_, at) => ({
    name: `t${at}`,
    stdin: "",
    expected: "",
    compare: "exact" as const,
  }));
  const results = statuses.map((status) => ({ status, actual: "", durationMs: 1 }));
  return testsMessage({ status: "success", trailer: TRAILER, ...end }, { tests, limits }, results);
}

test("failed tests are counted and the first of them named; nothing is said where all passed", () => {
  assert.equal(message(["passed", "passed"]), null);
  assert.equal(message(["passed", "failed"]), '1 of 2 tests failed: "t1".');
  assert.equal(message(["failed"]), '1 of 1 test failed: "t0".');
  assert.equal(
    message(["error", "failed", "timeout", "memory_limit", "output_limit"]),
    '5 of 5 tests failed: "t0", "t1", "t2" and 2 more.',
  );
});

test("why tests were skipped is said: there was no time, or no sandbox any more", () => {
  assert.equal(
    message(["timeout", "skipped"], { status: "timeout" }),
    '1 of 2 tests failed, 1 skipped: "t0". The rest was skipped: a test has 10 s, and all of a run together have 30 s.',
  );
  assert.equal(
    message(["error", "skipped"], { status: "error", trailer: null }),
    '1 of 2 tests failed, 1 skipped: "t0". The rest was skipped, because the sandbox ended with the last test that ran.',
  );
});

test("an end that is not the program's has its own words", () => {
  assert.equal(message(["passed", "skipped"], { status: "cancelled" }), null);
  assert.equal(message(["skipped"], { status: "system_error", trailer: null }), null);
});

test("no test cases, no message", () => {
  assert.equal(message([]), null);
});

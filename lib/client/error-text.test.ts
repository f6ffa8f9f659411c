import assert from "node:assert/strict";
import { test } from "node:test";
import { PLANS } from "../plans";
import { rateLimited } from "../rates";
import { overQuota } from "../runs/admission";
import { withoutRetryHint } from "./error-text";

test("the server's own words about waiting go, and what they are about stays", () => {
  const rate = { name: "runs", allowed: false, limit: 20, remaining: 0, resetS: 42 };
  assert.equal(
    withoutRetryHint(rateLimited(rate, "runs a minute").message),
    "That was more than 20 runs a minute.",
  );
  assert.equal(
    withoutRetryHint("There were too many wrong passwords; try again in 4 minutes."),
    "There were too many wrong passwords.",
  );
  assert.equal(
    withoutRetryHint(overQuota("guest", PLANS, new Date("2026-11-23T18:05:30Z")).message),
    "All 100 runs of today on the guest plan are used. With an account you have 1,000 a day: sign up.",
  );
});

test("a message that says nothing of waiting is left as it is", () => {
  const others = ["The free plan does not include Rust; ask for another plan.", "Try again in a moment.", ""];
  for (const message of others) assert.equal(withoutRetryHint(message), message);
});

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AppError } from "../errors";
import { createAttempts } from "./attempts";

const EMAIL = "you@example.org";
const ADDRESS = "198.51.100.1";

async function waitOf(attempt: Promise<void>): Promise<number> {
  try {
    await attempt;
    return 0;
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, "rate_limited");
    return error.retryAfterS ?? 0;
  }
}

test("five wrong passwords are free; from then on each doubles the wait, up to 15 minutes", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const attempts = createAttempts();
  const waits: number[] = [];
  for (let failure = 1; failure <= 16; failure++) {
    await attempts.failed(EMAIL, ADDRESS);
    const waitS = await waitOf(attempts.signIn(EMAIL, ADDRESS));
    waits.push(waitS);
    mock.timers.tick(waitS * 1_000 + 1);
    assert.equal(await waitOf(attempts.signIn(EMAIL, ADDRESS)), 0, `after waiting ${waitS} s`);
  }
  assert.deepEqual(waits.slice(0, 8), [0, 0, 0, 0, 2, 4, 8, 16]);
  assert.equal(Math.max(...waits), 900);
});

test("another address, and another account, are not slowed down by it; a right password ends it", async () => {
  const attempts = createAttempts();
  for (let failure = 0; failure < 8; failure++) await attempts.failed(EMAIL, ADDRESS);
  assert.ok((await waitOf(attempts.signIn(EMAIL, ADDRESS))) > 0);
  assert.equal(await waitOf(attempts.signIn(EMAIL, "198.51.100.2")), 0);
  assert.equal(await waitOf(attempts.signIn("other@example.org", ADDRESS)), 0);
  await attempts.succeeded(EMAIL, ADDRESS);
  assert.equal(await waitOf(attempts.signIn(EMAIL, ADDRESS)), 0);
});

test("an account that many addresses guess at is slowed down for all of them", async () => {
  const attempts = createAttempts();
  for (let failure = 0; failure < 50; failure++) await attempts.failed(EMAIL, `198.51.100.${failure}`);
  assert.ok((await waitOf(attempts.signIn(EMAIL, "203.0.113.1"))) > 0);
});

test("one address has so many attempts to sign in, and so many new accounts", async () => {
  const attempts = createAttempts();
  for (let index = 0; index < 60; index++) await attempts.signIn(`${index}@example.org`, ADDRESS);
  assert.ok((await waitOf(attempts.signIn("next@example.org", ADDRESS))) > 0);
  for (let index = 0; index < 30; index++) await attempts.signUp(ADDRESS);
  assert.ok((await waitOf(attempts.signUp(ADDRESS))) > 0);
  assert.equal(await waitOf(attempts.signUp("198.51.100.2")), 0);
});

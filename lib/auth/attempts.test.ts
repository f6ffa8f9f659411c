import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AppError } from "../errors";
import { type Attempts, createAttempts, type Guesser } from "./attempts";

const EMAIL = "you@example.org";
const ADDRESS = "198.51.100.1";

async function waitOf(attempt: Promise<unknown>): Promise<number> {
  try {
    await attempt;
    return 0;
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, "rate_limited");
    return error.retryAfterS ?? 0;
  }
}

const from = (address: string, email = EMAIL, device: string | null = null): Guesser => ({
  ...{ email, address, device },
});
const HERE = from(ADDRESS);

/** Of so many wrong guesses at once, how many are verified. */
async function verified(attempts: Attempts, who: Guesser, guesses: number): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: guesses }, () => attempts.guess(who)));
  return answers.filter(({ status }) => status === "fulfilled").length;
}

test("five wrong passwords are free; from then on each doubles the wait, up to 15 minutes", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const attempts = createAttempts();
  assert.equal(await verified(attempts, HERE, 5), 5);
  const waits: number[] = [];
  for (let failure = 5; failure <= 16; failure++) {
    const waitS = await waitOf(attempts.guess(HERE));
    waits.push(waitS);
    assert.equal(await waitOf(attempts.guess(HERE)), waitS, "a refused guess does not lengthen the wait");
    mock.timers.tick(waitS * 1_000 + 1);
    assert.equal(await waitOf(attempts.guess(HERE)), 0, `after waiting ${waitS} s`);
  }
  assert.deepEqual(waits.slice(0, 4), [2, 4, 8, 16]);
  assert.equal(Math.max(...waits), 900);
});

test("of a hundred guesses at once five are verified, by whoever makes them", async () => {
  const attempts = createAttempts();
  for (const who of [HERE, from(ADDRESS, EMAIL, "a browser"), { session: "a session" }]) {
    assert.equal(await verified(attempts, who, 100), 5);
  }
});

test("another address, and another account, are not slowed down by it; a right password ends it", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const attempts = createAttempts();
  assert.equal(await verified(attempts, HERE, 8), 5);
  assert.equal(await waitOf(attempts.guess(from("198.51.100.2"))), 0);
  assert.equal(await waitOf(attempts.guess(from(ADDRESS, "other@example.org"))), 0);
  mock.timers.tick(2_001);
  await (await attempts.guess(HERE)).succeeded();
  assert.equal(await verified(attempts, HERE, 100), 5);
});

test("an account that many networks guess at is slowed down for all of them, but not for its owner's browsers and sessions", async () => {
  const attempts = createAttempts();
  for (let network = 0; network < 10; network++) {
    assert.equal(await verified(attempts, from(`198.51.100.${network}`), 10), 5);
  }
  assert.ok((await waitOf(attempts.guess(from("203.0.113.1")))) > 0);
  assert.equal(await waitOf(attempts.guess(from("203.0.113.1", EMAIL, "the owner's browser"))), 0);
  assert.equal(await waitOf(attempts.guess({ session: "the owner's session" })), 0);
});

test("right passwords leave an account's guesses as many as they were", async () => {
  const attempts = createAttempts();
  for (let index = 0; index < 200; index++) {
    await (await attempts.guess(from(`10.0.${index}.1`))).succeeded();
  }
  assert.equal(await waitOf(attempts.guess(HERE)), 0);
});

test("one address has so many attempts to sign in, and so many new accounts", async () => {
  const attempts = createAttempts();
  for (let index = 0; index < 60; index++) await attempts.guess(from(ADDRESS, `${index}@example.org`));
  assert.ok((await waitOf(attempts.guess(from(ADDRESS, "next@example.org")))) > 0);
  for (let index = 0; index < 30; index++) await attempts.signUp(ADDRESS);
  assert.ok((await waitOf(attempts.signUp(ADDRESS))) > 0);
  assert.equal(await waitOf(attempts.signUp("198.51.100.2")), 0);
});

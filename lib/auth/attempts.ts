import { AppError } from "../errors";
import { type Limiter, type MakeLimiter, memoryLimiter } from "../limiters";

/** Sign-in attempts from one address, over all accounts. */
const SIGN_INS_PER_ADDRESS = { points: 60, duration: 600 };
const SIGN_UPS_PER_ADDRESS = { points: 30, duration: 3_600 };
/** Wrong passwords for one account from one address before there is a wait; each further one doubles it. */
const FREE_FAILURES = 5;
/** The same over all addresses. More, or anybody who knows an account's e-mail address could lock its owner out. */
const FREE_FAILURES_IN_ALL = 50;
const FAILURES_FORGOTTEN_S = 3_600;
const LONGEST_WAIT_S = 900;

/** Slows down password guessing. Behaves the same whether or not the account exists. */
export interface Attempts {
  /** Throws `rate_limited` while the address, or everyone who tries this account, has to wait. */
  signIn(email: string, address: string): Promise<void>;
  signUp(address: string): Promise<void>;
  /** Counts a wrong password. */
  failed(email: string, address: string): Promise<void>;
  succeeded(email: string, address: string): Promise<void>;
}

export function createAttempts(makeLimiter: MakeLimiter = memoryLimiter): Attempts {
  const signIns = makeLimiter({ ...SIGN_INS_PER_ADDRESS, keyPrefix: "sign-in" });
  const signUps = makeLimiter({ ...SIGN_UPS_PER_ADDRESS, keyPrefix: "sign-up" });
  const failures = makeLimiter({
    points: Number.MAX_SAFE_INTEGER,
    duration: FAILURES_FORGOTTEN_S,
    keyPrefix: "failures",
  });
  const waits = makeLimiter({ points: 1, duration: LONGEST_WAIT_S, keyPrefix: "waits" });

  async function noteFailure(key: string, free: number): Promise<void> {
    const { consumedPoints } = await failures.penalty(key);
    if (consumedPoints < free) return;
    await waits.block(key, Math.min(LONGEST_WAIT_S, 2 ** Math.min(20, consumedPoints - free + 1)));
  }

  return {
    async signIn(email, address) {
      for (const key of [`${email} ${address}`, email]) {
        const wait = await waits.get(key);
        if (wait && wait.consumedPoints > 1) throw tooMany(wait.msBeforeNext, "wrong passwords");
      }
      await consume(signIns, address, "attempts to sign in");
    },

    signUp: (address) => consume(signUps, address, "new accounts from your network"),

    async failed(email, address) {
      await noteFailure(`${email} ${address}`, FREE_FAILURES);
      await noteFailure(email, FREE_FAILURES_IN_ALL);
    },

    async succeeded(email, address) {
      await failures.delete(`${email} ${address}`);
      await waits.delete(`${email} ${address}`);
    },
  };
}

async function consume(limiter: Limiter, key: string, what: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal;
    throw tooMany((refusal as { msBeforeNext: number }).msBeforeNext, what);
  }
}

function tooMany(waitMs: number, what: string): AppError {
  const waitS = Math.max(1, Math.ceil(waitMs / 1_000));
  const shown = waitS < 120 ? `${waitS} s` : `${Math.ceil(waitS / 60)} minutes`;
  return new AppError("rate_limited", `There were too many ${what}; try again in ${shown}.`, {
    retryAfterS: waitS,
  });
}

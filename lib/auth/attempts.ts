import { AppError } from "../errors";
import { type Limiter, type MakeLimiter, memoryLimiter } from "../limiters";
import { Guesses, type TakenGuess } from "./guesses";

/** Sign-in attempts from one address, over all accounts. */
const SIGN_INS_PER_ADDRESS = { points: 60, duration: 600 };
const SIGN_UPS_PER_ADDRESS = { points: 30, duration: 3_600 };
/** Wrong passwords of one guesser for one account before there is a wait; each further one doubles it. */
const FREE_GUESSES = 5;
/** The same over all networks, for browsers that have not signed in to the account before. */
const FREE_GUESSES_IN_ALL = 50;

/**
 * Who guesses. Browsers that signed in to the account before, and sessions that are asked for the password again, have counters of their
 * own: whoever knows an account's address can use up everybody else's guesses, but not its owner's.
 */
export type Guesser =
  | { email: string; address: string; device: string | null }
  /** Signed in, and asked for the password again. */
  | { session: string };

/** A guess that was counted before it is verified. */
export interface Guess {
  /** It was right: it does not count. */
  succeeded(): Promise<void>;
}

/** Slows down password guessing. Behaves the same whether or not the account exists. */
export interface Attempts {
  /** Counts a guess. Throws `rate_limited`, without counting, while this guesser, or everybody unknown who tries the account, has to wait. */
  guess(who: Guesser): Promise<Guess>;
  signUp(address: string): Promise<void>;
}

export function createAttempts(makeLimiter: MakeLimiter = memoryLimiter): Attempts {
  const signIns = makeLimiter({ ...SIGN_INS_PER_ADDRESS, keyPrefix: "sign-in" });
  const signUps = makeLimiter({ ...SIGN_UPS_PER_ADDRESS, keyPrefix: "sign-up" });
  const guesses = new Guesses(makeLimiter);

  async function take(key: string, free: number): Promise<TakenGuess> {
    const taken = await guesses.take(key, free);
    if ("waitMs" in taken) throw tooMany(taken.waitMs, "wrong passwords");
    return taken;
  }

  async function guessOfKnown(key: string): Promise<Guess> {
    const taken = await take(key, FREE_GUESSES);
    return { succeeded: () => taken.forget() };
  }

  return {
    async guess(who) {
      if ("session" in who) return guessOfKnown(`session ${who.session}`);
      const { email, address, device } = who;
      if (device !== null) return guessOfKnown(`device ${device}`);
      await consume(signIns, address, "attempts to sign in");
      const here = await take(`${email} ${address}`, FREE_GUESSES);
      const everywhere = await take(email, FREE_GUESSES_IN_ALL).catch(async (refusal: unknown) => {
        await here.giveBack();
        throw refusal;
      });
      return {
        async succeeded() {
          await here.forget();
          await everywhere.giveBack();
        },
      };
    },

    signUp: (address) => consume(signUps, address, "new accounts from your network"),
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

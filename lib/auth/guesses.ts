import type { Limiter, MakeLimiter } from "../limiters";

const FORGOTTEN_S = 3_600;
const LONGEST_WAIT_S = 900;

/** A guess that was counted. */
export interface TakenGuess {
  /** It was right: it and those before it do not count. */
  forget(): Promise<void>;
  /** It was right, or is not made after all: it does not count, those before it do. */
  giveBack(): Promise<void>;
}

/** The next guess is taken after this time. */
export interface RefusedGuess {
  waitMs: number;
}

/**
 * Counts guesses at passwords by key, before they are verified: of many at once no more are verified than of as many one after another. From
 * the `free`-th on, the next one has to wait, each time twice as long.
 */
export class Guesses {
  readonly #counts: Limiter;
  readonly #waits: Limiter;

  constructor(makeLimiter: MakeLimiter) {
    const [points, duration] = [Number.MAX_SAFE_INTEGER, FORGOTTEN_S];
    this.#counts = makeLimiter({ points, duration, keyPrefix: "failures" });
    this.#waits = makeLimiter({ points: 1, duration: LONGEST_WAIT_S, keyPrefix: "waits" });
  }

  async take(key: string, free: number): Promise<TakenGuess | RefusedGuess> {
    const { consumedPoints: guesses } = await this.#counts.penalty(key);
    if (guesses >= free) {
      // The one point of a wait is given to one of many, in one step; the others are refused.
      const refusal = await this.#waits.consume(key).then(
        () => null,
        (refused: unknown) => {
          if (refused instanceof Error) throw refused;
          return refused as { msBeforeNext: number };
        },
      );
      if (refusal) {
        await this.#counts.reward(key);
        return { waitMs: refusal.msBeforeNext };
      }
      await this.#waits.block(key, Math.min(LONGEST_WAIT_S, 2 ** Math.min(20, guesses - free + 1)));
    }
    return {
      forget: async () => {
        await this.#counts.delete(key);
        await this.#waits.delete(key);
      },
      giveBack: async () => {
        await this.#counts.reward(key);
        if (guesses >= free) await this.#waits.delete(key);
      },
    };
  }
}

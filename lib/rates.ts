import type { RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "./errors";
import { type Limiter, type MakeLimiter, memoryLimiter } from "./limiters";

const MINUTE_S = 60;
export const DAY_S = 86_400;
/** What the headers call the quota of a UTC day. */
export const DAILY_RUNS = "daily runs";

/** How much of a limit is left, as the `RateLimit` headers say it. */
export interface Rate {
  /** What is counted, such as `runs`. */
  name: string;
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the limit is whole again. */
  resetS: number;
}

/** Counts what somebody does in a minute. Each `name` has counts of its own. */
export interface Rates {
  /** Takes one out of the minute of `key`, unless `perMinute` are taken. */
  take(name: string, key: string, perMinute: number): Promise<Rate>;
  /** For what was taken and then not done, by no fault of who asked. */
  giveBack(name: string, key: string, perMinute: number): Promise<void>;
}

/** The rates of one process. */
export function createRates(makeLimiter: MakeLimiter = memoryLimiter): Rates {
  const limiters = new Map<string, Limiter>();

  function limiterOf(name: string, perMinute: number): Limiter {
    const id = `${name}:${perMinute}`;
    let limiter = limiters.get(id);
    if (!limiter) {
      limiter = makeLimiter({ points: perMinute, duration: MINUTE_S, keyPrefix: id });
      limiters.set(id, limiter);
    }
    return limiter;
  }

  return {
    async take(name, key, perMinute) {
      const rate = ({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Rate => ({
        name,
        allowed,
        limit: perMinute,
        remaining: remainingPoints,
        resetS: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
      });
      try {
        return rate(await limiterOf(name, perMinute).consume(key), true);
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        return rate(refusal as RateLimiterRes, false);
      }
    },

    async giveBack(name, key, perMinute) {
      await limiterOf(name, perMinute).reward(key);
    },
  };
}

/** One limit of a minute, and what is counted in it, as in "runs a minute". */
export interface Budget {
  name: string;
  key: string;
  perMinute: number;
  what: string;
}

/**
 * Takes one out of each of these limits, or out of none of them. Throws `rate_limited` for the first that is used up; answers the one of
 * which least is left.
 */
export async function takeEach(rates: Rates, budgets: readonly [Budget, ...Budget[]]): Promise<Rate> {
  const [first, ...others] = budgets;
  let tightest = await takeOne(rates, first);
  for (const [index, budget] of others.entries()) {
    try {
      const rate = await takeOne(rates, budget);
      if (rate.remaining < tightest.remaining) tightest = rate;
    } catch (refusal) {
      await giveEachBack(rates, budgets.slice(0, index + 1));
      throw refusal;
    }
  }
  return tightest;
}

export async function giveEachBack(rates: Rates, budgets: readonly Budget[]): Promise<void> {
  for (const { name, key, perMinute } of budgets) await rates.giveBack(name, key, perMinute);
}

async function takeOne(rates: Rates, { name, key, perMinute, what }: Budget): Promise<Rate> {
  const rate = await rates.take(name, key, perMinute);
  if (!rate.allowed) throw rateLimited(rate, what);
  return rate;
}

/**
 * `RateLimit` and `RateLimit-Policy` as the draft of the IETF has them (draft-ietf-httpapi-ratelimit-headers-10), and the three headers of
 * its earlier versions, which most clients read. `windowS` is how long the limit counts.
 */
export function rateHeaders(
  { name, limit, remaining, resetS }: Omit<Rate, "allowed">,
  windowS = MINUTE_S,
): Record<string, string> {
  const policy = `"${name.replaceAll(" ", "-")}"`;
  return {
    "RateLimit-Policy": `${policy};q=${limit};w=${windowS}`,
    RateLimit: `${policy};r=${remaining};t=${resetS}`,
    "RateLimit-Limit": String(limit),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(resetS),
  };
}

/** `what` as in "runs a minute". */
export function rateLimited(rate: Rate, what: string): AppError {
  return new AppError(
    "rate_limited",
    `That was more than ${rate.limit.toLocaleString("en")} ${what}; go on in ${rate.resetS} s.`,
    { retryAfterS: rate.resetS, headers: rateHeaders(rate) },
  );
}

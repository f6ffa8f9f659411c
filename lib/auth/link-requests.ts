import { AppError } from "../errors";
import { type MakeLimiter, memoryLimiter } from "../limiters";

/** Links by mail that one address may ask for: nobody needs more, and each is a mail to somebody. */
const PER_ADDRESS = { points: 20, duration: 3_600, keyPrefix: "links" };

export interface LinkRequests {
  /** Throws `rate_limited`. */
  take(address: string): Promise<void>;
}

export function createLinkRequests(makeLimiter: MakeLimiter = memoryLimiter): LinkRequests {
  const limiter = makeLimiter(PER_ADDRESS);
  return {
    async take(address) {
      try {
        await limiter.consume(address);
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        const { msBeforeNext } = refusal as { msBeforeNext: number };
        const minutes = Math.ceil(msBeforeNext / 60_000);
        const message = `There were too many links by mail from your network; try again in ${minutes} minutes.`;
        throw new AppError("rate_limited", message, { retryAfterS: Math.ceil(msBeforeNext / 1_000) });
      }
    },
  };
}

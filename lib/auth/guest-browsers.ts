import type { MakeLimiter } from "../limiters";

const DAY_S = 86_400;

/** Which browsers of guests have a quota of their own. */
export interface GuestBrowsers {
  /**
   * Whether this guest is among the first of their network today. `network` is a key that changes with the day. A guest is counted by being
   * seen, not by being given a cookie: cookies that were collected in advance or elsewhere buy no more than others.
   */
  admit(guest: string, network: string): Promise<boolean>;
}

export interface GuestBrowsersOptions {
  makeLimiter: MakeLimiter;
  perDayPerNetwork: number;
}

export function createGuestBrowsers({ makeLimiter, perDayPerNetwork }: GuestBrowsersOptions): GuestBrowsers {
  const seen = makeLimiter({ points: 1, duration: DAY_S, keyPrefix: "guest seen" });
  const counts = makeLimiter({ points: perDayPerNetwork, duration: DAY_S, keyPrefix: "guests of network" });

  return {
    async admit(guest, network) {
      const key = `${network} ${guest}`;
      if (await seen.get(key)) return true;
      // Several requests of one browser come at once: the first of them is the one that counts it.
      const { consumedPoints } = await seen.penalty(key);
      if (consumedPoints > 1) return true;
      try {
        await counts.consume(network);
        return true;
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        await seen.delete(key);
        return false;
      }
    },
  };
}

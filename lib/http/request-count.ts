import type { Identity } from "../auth/identity";
import { type Rate, rateHeaders, rateLimited } from "../rates";
import type { PlanId } from "../schemas/plan";
import type { Services } from "../services";

/** What the answer says of the minute that a request was taken from. */
export type RateHeaders = Record<string, string>;

type Counting = Pick<Services, "rates" | "env" | "identities">;

/**
 * Counts a request that shows nothing by which its sender could be known, or whose sender does not matter: it belongs to the minute of its
 * network. Before anything of it is read. Throws `rate_limited`.
 */
export async function countNetwork(services: Counting, headers: Headers): Promise<RateHeaders> {
  return take(services, services.identities.guestAccount(headers), "guest");
}

/** Counts a request of somebody who was identified, before it is asked what they may. Throws `rate_limited`. */
export async function countViewer(services: Counting, { viewer }: Identity): Promise<RateHeaders> {
  return take(services, viewer.account, viewer.plan);
}

async function take({ rates, env }: Counting, account: string, plan: PlanId): Promise<RateHeaders> {
  const rate: Rate = await rates.take("requests", account, env.plans[plan].requestsPerMinute);
  if (!rate.allowed) throw rateLimited(rate, "requests a minute");
  return rateHeaders(rate);
}

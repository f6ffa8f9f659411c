import type { Identity } from "../auth/identity";
import type { Viewer } from "../auth/viewer";
import type { Plan } from "../plans";
import { type Budget, rateHeaders, takeEach } from "../rates";
import type { Services } from "../services";

/** What the answer says of the minute that a request was taken from. */
export type RateHeaders = Record<string, string>;

type Counting = Pick<Services, "rates" | "env" | "identities">;

/**
 * Counts a request that shows nothing by which its sender could be known, or whose sender does not matter: it belongs to the minute of the
 * guest that it comes from. Before anything of it is read. Throws `rate_limited`.
 */
export async function countGuest(services: Counting, headers: Headers): Promise<RateHeaders> {
  return take(services, await services.identities.guest(headers));
}

/** Counts a request of somebody who was identified, before it is asked what they may. Throws `rate_limited`. */
export async function countViewer(services: Counting, { viewer }: Identity): Promise<RateHeaders> {
  return take(services, viewer);
}

/** The minute of a viewer's requests, or of their pages, and those of their API key and their networks. */
export function requestBudgets(
  what: "requests" | "pages",
  viewer: Viewer,
  { requestsPerMinute, requestsPerMinutePerNetwork }: Plan,
): [Budget, ...Budget[]] {
  const own = {
    name: what,
    key: viewer.account,
    perMinute: requestsPerMinute,
    what: `${what} a minute`,
  };
  // What is the address's own is far below its ceiling.
  if (viewer.account === viewer.group) return [own];
  const ceilings = (viewer.networks ?? []).map((key) => ({
    name: `network ${what}`,
    key,
    perMinute: requestsPerMinutePerNetwork,
    what: `${what} a minute from your network`,
  }));
  return [own, ...keyBudgets(what, viewer), ...ceilings];
}

function keyBudgets(what: string, { keyCeilings }: Viewer): Budget[] {
  const perMinute = keyCeilings?.requestsPerMinute ?? null;
  if (!keyCeilings || perMinute === null) return [];
  const told = `${what} a minute, the ceiling of this API key`;
  return [{ name: `key ${what}`, key: keyCeilings.account, perMinute, what: told }];
}

async function take({ rates, env }: Counting, viewer: Viewer): Promise<RateHeaders> {
  return rateHeaders(await takeEach(rates, requestBudgets("requests", viewer, env.plans[viewer.plan])));
}

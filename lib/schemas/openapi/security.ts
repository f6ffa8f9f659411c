import type { Endpoint } from "../endpoints";

/** Ways to say who asks. Without any, a request is a guest's. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    description: "An API key, made at /settings#keys: `Authorization: Bearer qs_…`.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "qs_session",
    description: "The cookie of a sign-in; its name begins with `__Host-` where the address is https.",
  },
  guest: {
    type: "apiKey",
    in: "cookie",
    name: "qs_guest",
    description: "The cookie that a guest is given with the first answer, by which their runs are theirs.",
  },
  scrapeToken: {
    type: "http",
    scheme: "bearer",
    description: "The operator's token, for what reads metrics: `QUICKSAND_METRICS_TOKEN` of the server.",
  },
} as const;

/** What a request may come with; one of the entries is enough, `{}` is nothing. */
export function securityOf({ access, scope, scraped }: Endpoint): Record<string, string[]>[] {
  if (access === "public") return [];
  const key = scope === null ? [] : [{ apiKey: [scope] }];
  const guest = access === "viewer" ? [{ guest: [] }, {}] : [];
  const token = scraped ? [{ scrapeToken: [] }] : [];
  return [...key, { session: [] }, ...token, ...guest];
}

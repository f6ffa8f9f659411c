import type { Endpoint } from "../endpoints";

interface Header {
  description: string;
  schema: { type: string };
}

/** Headers of answers, by the name that stands for them in the document. */
export const HEADERS = {
  "X-Request-Id": text("Names the request in the server's log."),
  "RateLimit-Policy": text(
    'What is counted, how much there is and for how many seconds: `"requests";q=600;w=60`.',
  ),
  RateLimit: text('How much of it is left, and for how many seconds: `"requests";r=599;t=60`.'),
  "RateLimit-Limit": count("How much there is, of the day's runs or of the minute's requests."),
  "RateLimit-Remaining": count("How much of it is left."),
  "RateLimit-Reset": count("Seconds until it is whole again."),
  "Retry-After": count("Seconds after which trying again makes sense."),
} satisfies Record<string, Header>;

const RATE_LIMIT = [
  "RateLimit",
  "RateLimit-Policy",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
] as const;

/** Those of an answer: of a success (`null`), or of an error with this status. */
export function headersOf(
  { uncounted, scraped }: Pick<Endpoint, "uncounted" | "scraped">,
  status: number | null,
): Record<string, { $ref: string }> {
  const counted = status === 429 || (status === null && !uncounted && !scraped);
  const names = [
    "X-Request-Id",
    ...(counted ? RATE_LIMIT : []),
    ...(status === 429 || status === 503 ? ["Retry-After"] : []),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function text(description: string): Header {
  return { description, schema: { type: "string" } };
}

function count(description: string): Header {
  return { description, schema: { type: "integer" } };
}

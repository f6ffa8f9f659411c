import type { Endpoint } from "../endpoints";
import { ERROR_STATUS, type ErrorCode } from "../error";
import { ERROR_NOTES } from "./error-notes";

export interface ErrorAnswer {
  status: number;
  /** In the order of the table of codes. */
  codes: readonly ErrorCode[];
}

const CODES = Object.keys(ERROR_STATUS) as ErrorCode[];

/** Every error that an endpoint may answer, by status: what follows from how it is declared, and what it declares. */
export function errorsOf(endpoint: Endpoint): ErrorAnswer[] {
  const possible = new Set<ErrorCode>([...impliedBy(endpoint), ...(endpoint.errors ?? [])]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of CODES) {
    if (!possible.has(code)) continue;
    const status = ERROR_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, codes]) => ({ status, codes })).sort((a, b) => a.status - b.status);
}

/** What a code says to people who read the document. */
export function errorText(codes: readonly ErrorCode[]): string {
  return codes.map((code) => `\`${code}\`: ${ERROR_NOTES[code].when}.`).join("\n\n");
}

function impliedBy(endpoint: Endpoint): ErrorCode[] {
  const { access, method, path, query, body, confirmed, uncounted, upgrades } = endpoint;
  const viewed = access !== "public";
  const groups: [boolean, ErrorCode[]][] = [
    [true, ["wrong_host", "internal", "store_unavailable"]],
    [!uncounted, ["rate_limited"]],
    [query !== undefined, ["invalid_request"]],
    [body !== undefined, ["invalid_request", "invalid_json", "request_timeout"]],
    [body !== undefined, ["body_too_large", "unsupported_media_type"]],
    [path.includes("{"), ["not_found"]],
    // A key or a session that does not work, and one that may not do this.
    [viewed, ["unauthorized", "forbidden"]],
    [method !== "GET", ["store_full"]],
    // Pages of other sites.
    [method !== "GET" || upgrades === true, ["forbidden"]],
    [access === "admin", ["two_factor_setup_required"]],
    [confirmed === true, ["confirmation_required"]],
  ];
  return groups.flatMap(([holds, codes]) => (holds ? codes : []));
}

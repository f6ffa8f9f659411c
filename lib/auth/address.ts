import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";

/** Carries the address of the connection. The server overwrites what a client sends under this name. */
export const PEER_HEADER = "x-quicksand-peer";

/**
 * The address a request came from. Each of `trustedProxies` in front has added the address that it was asked from to the end of
 * `X-Forwarded-For`; whatever stands before those was sent by the client and says nothing.
 */
export function addressOf(headers: Pick<Headers, "get">, trustedProxies: number): string {
  const peer = headers.get(PEER_HEADER) ?? "";
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const chain = [...forwarded.filter((part) => part !== ""), peer];
  return normal(chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? "");
}

/** One text for one network: of IPv6, where a household has 2^64 addresses or more, the first half. */
function normal(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$/g, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(bare)) return bare.replace(/:\d+$/, "");
  const [head = "", tail] = bare.toLowerCase().split("%")[0]?.split("::") ?? [];
  const groups = (text: string | undefined) => (text ? text.split(":") : []);
  const given = groups(head);
  const missing = tail === undefined ? 0 : 8 - given.length - groups(tail).length;
  const all = [...given, ...Array<string>(Math.max(0, missing)).fill("0"), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/**
 * What stands for an address where something is counted. It cannot be turned back without the secret, and is another one each day, so
 * that what is kept of it does not tell who was where.
 */
export function addressKey(address: string, day: string, secret: string): string {
  const hash = createHmac("sha256", secret).update(`quicksand address:${day}:${address}`).digest("base64url");
  return `address_${hash.slice(0, 22)}`;
}

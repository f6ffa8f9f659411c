import { createHmac } from "node:crypto";
import ipaddr from "ipaddr.js";

/** Carries the address of the connection. The server overwrites what a client sends under this name. */
export const PEER_HEADER = "x-quicksand-peer";

/**
 * The network a request came from, as one text of at most 43 characters. Each of `trustedProxies` has appended the address it was asked
 * from to `X-Forwarded-For`; entries before those were sent by the client and are ignored.
 */
export function addressOf(headers: Pick<Headers, "get">, trustedProxies: number): string {
  const peer = headers.get(PEER_HEADER) ?? "";
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const chain = [...forwarded.filter((part) => part !== ""), peer];
  return networkOf(chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? "");
}

/** Every text that is no address counts as this one: there is no quota to be had by inventing texts. */
const UNKNOWN = "unknown";
/** An IPv6 address with zone, brackets and port is shorter. */
const MAX_ADDRESS_LENGTH = 100;

/** One text for one network: an IPv4 address, or the /64 of an IPv6 address, which is what one household or one server has. */
export function networkOf(text: string): string {
  if (text.length > MAX_ADDRESS_LENGTH) return UNKNOWN;
  const bare = withoutPort(text);
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  if (!ipaddr.IPv6.isValid(bare)) return UNKNOWN;
  const address = ipaddr.IPv6.parse(bare);
  return embeddedIPv4(address) ?? `${new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0])}/64`;
}

/** Some proxies write `198.51.100.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const [, bracketed, dotted] = /^(?:\[(.*)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  return bracketed ?? dotted ?? text;
}

/**
 * The forms of IPv6 that carry an IPv4 address, and the byte where it begins. All IPv4 hosts are in one /64 of most of these; with 6to4
 * one of them has 65,536. Teredo is not among them: its servers were switched off.
 */
const IPV4_INSIDE = [
  { network: "::ffff:0:0/96", from: 12 }, // IPv4-mapped: what a socket says that listens on both
  { network: "::ffff:0:0:0/96", from: 12 }, // IPv4-translated (RFC 7915)
  { network: "64:ff9b::/96", from: 12 }, // NAT64 (RFC 6052)
  { network: "2002::/16", from: 2 }, // 6to4 (RFC 3056)
  { network: "::/96", from: 12 }, // IPv4-compatible, deprecated
].map(({ network, from }) => ({ network: ipaddr.IPv6.parseCIDR(network), from }));

function embeddedIPv4(address: ipaddr.IPv6): string | null {
  const form = IPV4_INSIDE.find(({ network }) => address.match(network));
  if (!form) return null;
  const octets = address.toByteArray().slice(form.from, form.from + 4);
  // 0.x.x.x is nobody's address: `::` and `::1` are of IPv6 alone.
  return octets[0] === 0 ? null : octets.join(".");
}

/** A network for showing to its owner: `203.0.113.x`, `2001:db8:7:x`. Kept like this, because where exactly somebody was is nobody's matter. */
export function shortNetwork(network: string): string {
  if (network === UNKNOWN) return "";
  const [address = ""] = network.split("/");
  if (!address.includes(":")) return `${address.split(".").slice(0, 3).join(".")}.x`;
  return `${ipaddr.IPv6.parse(address)
    .parts.slice(0, 3)
    .map((part) => part.toString(16))
    .join(":")}:x`;
}

/** Stands for the network that an account was made from, for as long as the account is there. Without the secret it does not lead back. */
export function networkKey(address: string, secret: string): string {
  const hash = createHmac("sha256", secret).update(`quicksand network:${address}`).digest("base64url");
  return hash.slice(0, 22);
}

/** The same for one day, where something is counted for all accounts of a network. */
export function networkDayKey(network: string, day: string, secret: string): string {
  const hash = createHmac("sha256", secret).update(`quicksand network:${day}:${network}`).digest("base64url");
  return `network_${hash.slice(0, 22)}`;
}

/**
 * Stands for an address where something is counted. Without the secret it does not lead back to the address, and it changes each day, so
 * stored keys do not tell who was where.
 */
export function addressKey(address: string, day: string, secret: string): string {
  const hash = createHmac("sha256", secret).update(`quicksand address:${day}:${address}`).digest("base64url");
  return `address_${hash.slice(0, 22)}`;
}

/** What is remembered of addresses in place of them. Without the secret it does not lead back. */
export interface Pseudonyms {
  /** Of the network that an account was made from. */
  networkOf(address: string): string;
  /** Of the e-mail address of a deleted account: what it had used of the day is not to be had again. */
  formerOf(email: string): string;
}

export function createPseudonyms(secret: string): Pseudonyms {
  return {
    networkOf: (address) => networkKey(address, secret),
    formerOf(email) {
      const hash = createHmac("sha256", secret).update(`quicksand former:${email}`).digest("base64url");
      return `former_${hash.slice(0, 22)}`;
    },
  };
}

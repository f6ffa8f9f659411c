import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** The address is not one that whoever asks may have reached from here. */
export class PrivateAddressError extends Error {
  constructor(host: string) {
    super(`${host} is not an address of the public internet, which alone is told here.`);
    this.name = "PrivateAddressError";
  }
}

/**
 * Whether an IP address is one of the public internet: not of this machine or its network, not reserved for anything, and no IPv6 form of
 * an IPv4 address, which may be any of those.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.parse(address).range() === "unicast";
}

/** Whether a host is written as an address and is not public. */
export function isPrivateHost(hostname: string): boolean {
  const host = withoutBrackets(hostname);
  return isIP(host) !== 0 && !isPublic(host);
}

/** Throws `PrivateAddressError` for such a host: it is never looked up. */
export function refusePrivateHost(hostname: string): void {
  if (isPrivateHost(hostname)) throw new PrivateAddressError(withoutBrackets(hostname));
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/**
 * A `lookup` for a connection that gives it public addresses only. The connection goes to what was checked: a name that is asked once more
 * may say something else by then.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, "", 0);
    const [first] = addresses;
    // One that is not public is enough: a name that leads to both is made for this.
    if (!first || !addresses.every(({ address }) => isPublic(address)))
      return callback(new PrivateAddressError(hostname), "", 0);
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

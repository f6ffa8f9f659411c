import { isIPv6 } from "node:net";
import type { Services } from "../services";

/** The hosts that this server answers for. */
export interface Hosts {
  /** `localAddress` is the address of ours that the connection came to. */
  know(host: string | undefined, localAddress: string | undefined): boolean;
}

const EVERY_NETWORK: ReadonlySet<string> = new Set(["0.0.0.0", "::", "[::]"]);
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/**
 * A page of any site can give its own name the address of this machine, and its requests then look like those of our own pages (DNS
 * rebinding). What it cannot do is to send another `Host` than its own name.
 */
export function createHosts({
  host,
  publicUrl,
  hosts,
}: Pick<Services["env"], "host" | "publicUrl" | "hosts">): Hosts {
  const everywhere = EVERY_NETWORK.has(host);
  const configured = [
    isIPv6(host) ? `[${host}]` : host,
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).host]),
    ...hosts,
  ];
  const known = new Set(configured.flatMap((each) => nameOf(each) ?? []));
  return {
    know(asked, localAddress) {
      const name = nameOf(asked ?? "");
      if (name === null) return false;
      if (LOOPBACK.test(name) || known.has(name)) return true;
      // A name can lead anywhere; an address that is the one connected to was typed as it is.
      return everywhere && localAddress !== undefined && name === literalOf(localAddress);
    },
  };
}

/** The name without its port, in lower case; `null` for what is none. */
function nameOf(host: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[\w-]+(?:\.[\w-]+)*)\.?(?::\d{1,5})?$/i.exec(host) ?? [];
  return name?.toLowerCase() ?? null;
}

/** An address of a socket as a URL has it. */
function literalOf(address: string): string {
  const [bare = ""] = address.replace(/^::ffff:(?=\d+\.)/i, "").split("%");
  return isIPv6(bare) ? `[${bare.toLowerCase()}]` : bare;
}

/** The site's origin as this request's sender has it, for what must be absolute. Only for requests whose host is known. */
export function publicOrigin(
  { publicUrl, trustedProxies }: Pick<Services["env"], "publicUrl" | "trustedProxies">,
  headers: Pick<Headers, "get">,
): URL {
  if (publicUrl !== undefined) return new URL(new URL(publicUrl).origin);
  const secure = trustedProxies > 0 && headers.get("x-forwarded-proto") === "https";
  const address = `${secure ? "https" : "http"}://${headers.get("host") ?? ""}`;
  return new URL(URL.canParse(address) ? address : "http://localhost");
}

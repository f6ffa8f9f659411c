/** A cookie of ours, by its whole name, and the `Set-Cookie` values that write it. */
export interface HostCookie {
  name: string;
  set(value: string, maxAgeS: number): string;
  /** Makes the browser forget it. */
  clear: string;
}

/**
 * The one form of every cookie we set: for the whole site, unreadable to scripts, not sent along with other sites' forms. Over https the
 * name begins with `__Host-`, so that a browser takes it from this very host only, and only over https.
 */
export function hostCookie(plainName: string, secure: boolean): HostCookie {
  const name = secure ? `__Host-${plainName}` : plainName;
  const set = (value: string, maxAgeS: number) =>
    `${name}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return { name, set, clear: set("", 0) };
}

/** The values of all cookies with this name: a browser may send several, of which only one is ours. */
export function cookiesNamed(name: string, header: string): string[] {
  return header.split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : [];
  });
}

/** All cookies of a header as next-auth expects them: decoded, the last of each name. */
export function parseCookies(header: string): Record<string, string> {
  const pairs = header.split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(
    pairs.flatMap(([name = "", ...rest]) => (name === "" ? [] : [[name, decode(rest.join("="))]])),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

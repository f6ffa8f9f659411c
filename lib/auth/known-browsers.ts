import { createHmac, timingSafeEqual } from "node:crypto";
import { nanoid } from "nanoid";
import { cookiesNamed, hostCookie } from "./cookies";

const YEAR_S = 31_536_000;
/** A device id and its signature. */
const ENTRY = /^([\w-]{21})\.([\w-]{43})$/;
/** People who share a browser; the earliest is forgotten first. */
const MAX_ENTRIES = 5;

interface Known {
  id: string;
  passwordHash: string;
}

/** Recognises browsers in which somebody signed in to an account before, so that others' guesses do not lock its owner out. */
export interface KnownBrowsers {
  /** The browser's id for this account; `null` for one that has not signed in to it since its password was last changed. */
  deviceOf(headers: Pick<Headers, "get">, user: Known): string | null;
  /** `Set-Cookie` that makes the browser known to the account. */
  remember(headers: Pick<Headers, "get">, user: Known): string;
}

export interface KnownBrowsersOptions {
  secret: string;
  /** Whether the public address is https; the cookie is then never sent over plain http. */
  secure: boolean;
}

/**
 * By a signed cookie, a "device cookie" in OWASP's words. It proves nothing else: a known browser needs the password like any other. The
 * password's hash is part of what is signed, so whoever knew an earlier password has no counter of their own any more.
 */
export function createKnownBrowsers({ secret, secure }: KnownBrowsersOptions): KnownBrowsers {
  const cookie = hostCookie("qs_known", secure);

  function sign(device: string, { id, passwordHash }: Known): string {
    // The purpose is part of what is signed, so nothing else signed with this secret passes as such a cookie.
    const text = `quicksand known browser:${id}:${passwordHash}:${device}`;
    return createHmac("sha256", secret).update(text).digest("base64url");
  }

  function entriesOf(headers: Pick<Headers, "get">): string[] {
    const [value = ""] = cookiesNamed(cookie.name, headers.get("cookie") ?? "");
    return value.split("~", MAX_ENTRIES).filter((entry) => ENTRY.test(entry));
  }

  function verified(entry: string, user: Known): string | null {
    const [, device = "", signature = ""] = ENTRY.exec(entry) ?? [];
    return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(device, user))) ? device : null;
  }

  function deviceOf(headers: Pick<Headers, "get">, user: Known): string | null {
    for (const entry of entriesOf(headers)) {
      const device = verified(entry, user);
      if (device !== null) return device;
    }
    return null;
  }

  return {
    deviceOf,
    remember(headers, user) {
      const others = entriesOf(headers).filter((entry) => verified(entry, user) === null);
      const device = deviceOf(headers, user) ?? nanoid();
      const entries = [`${device}.${sign(device, user)}`, ...others].slice(0, MAX_ENTRIES);
      return cookie.set(entries.join("~"), YEAR_S);
    },
  };
}

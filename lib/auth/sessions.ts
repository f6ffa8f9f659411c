import { createHash } from "node:crypto";
import { nanoid } from "nanoid";
import { decode, encode } from "next-auth/jwt";
import { cookiesNamed, hostCookie } from "./cookies";

/** How long a sign-in lasts. */
export const SESSION_S = 30 * 86_400;

/** 32 characters of 6 bits: 192 random bits. */
const TOKEN_LENGTH = 32;

/** The browser's side of a session: next-auth's encrypted token in a cookie that no script can read. */
export interface Sessions {
  cookieName: string;
  secure: boolean;
  /** The store's id of the session that a request's cookie stands for; `null` without a valid one. */
  idOf(headers: Pick<Headers, "get">): Promise<string | null>;
  /** `Set-Cookie` for a session; next-auth writes the same at a sign-in. */
  cookieFor(token: string): Promise<string>;
  /** `Set-Cookie` that makes the browser forget it. */
  clearingCookie: string;
}

/** A new session: the token goes to the browser only, the id to the store. */
export function newSession(): { token: string; id: string } {
  const token = nanoid(TOKEN_LENGTH);
  return { token, id: sessionId(token) };
}

/** A browser sends one of ours, and perhaps an older one. For each a key is derived before anything is known of it. */
const MAX_COOKIES = 4;

/** Only a hash is stored, so a leaked database grants no session. */
export function sessionId(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export function createSessions({ secret, secure }: { secret: string; secure: boolean }): Sessions {
  const cookie = hostCookie("qs_session", secure);
  return {
    cookieName: cookie.name,
    secure,
    clearingCookie: cookie.clear,
    async idOf(headers) {
      for (const value of cookiesNamed(cookie.name, headers.get("cookie") ?? "").slice(0, MAX_COOKIES)) {
        // Garbled, expired or encrypted with another secret: as good as none.
        const claims = await decode({ token: value, secret }).catch(() => null);
        if (typeof claims?.session === "string") return sessionId(claims.session);
      }
      return null;
    },
    async cookieFor(token) {
      const value = await encode({ token: { session: token }, secret, maxAge: SESSION_S });
      return cookie.set(value, SESSION_S);
    },
  };
}

import { createHmac, timingSafeEqual } from "node:crypto";
import { nanoid } from "nanoid";
import { cookiesNamed } from "./cookies";

const YEAR_S = 31_536_000;
/** 22 characters of 6 bits: 132 random bits. */
const ID_LENGTH = 22;
const GUEST_ID = /^guest_[\w-]{22}$/;

/** A guest's id, and the cookie that lets a new one be known the next time. */
export interface Guest {
  id: string;
  setCookie: string | null;
}

export interface Guests {
  /** Never fails: a cookie that is missing, garbled or forged makes a new guest. */
  guestOf(headers: Pick<Headers, "get">): Guest;
}

export interface GuestsOptions {
  secret: string;
  /** Whether people come by https, so that the cookie may never travel otherwise. */
  secure: boolean;
}

/** Gives people who have not signed in an identity of their own: a random id in a signed cookie. */
export function createGuests({ secret, secure }: GuestsOptions): Guests {
  // `__Host-` makes the browser refuse the cookie from anyone but this host itself.
  const name = secure ? "__Host-qs_guest" : "qs_guest";
  const attributes = `Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;

  function sign(id: string): string {
    // The purpose is signed too, so that nothing else signed with this secret passes for a guest.
    return createHmac("sha256", secret).update(`quicksand guest:${id}`).digest("base64url");
  }

  function verify(cookie: string): string | null {
    const [id = "", signature = "", ...rest] = cookie.split(".");
    if (rest.length > 0 || !GUEST_ID.test(id)) return null;
    const given = Buffer.from(signature);
    const right = Buffer.from(sign(id));
    return given.length === right.length && timingSafeEqual(given, right) ? id : null;
  }

  return {
    guestOf(headers) {
      for (const cookie of cookiesNamed(name, headers.get("cookie") ?? "")) {
        const id = verify(cookie);
        if (id) return { id, setCookie: null };
      }
      const id = `guest_${nanoid(ID_LENGTH)}`;
      return { id, setCookie: `${name}=${id}.${sign(id)}; ${attributes}` };
    },
  };
}

import { createHmac, timingSafeEqual } from "node:crypto";
import { nanoid } from "nanoid";
import { cookiesNamed, hostCookie } from "./cookies";

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
  const cookie = hostCookie("qs_guest", secure);

  function sign(id: string): string {
    // The purpose is signed too, so that nothing else signed with this secret passes for a guest.
    return createHmac("sha256", secret).update(`quicksand guest:${id}`).digest("base64url");
  }

  function verify(value: string): string | null {
    const [id = "", signature = "", ...rest] = value.split(".");
    if (rest.length > 0 || !GUEST_ID.test(id)) return null;
    const given = Buffer.from(signature);
    const right = Buffer.from(sign(id));
    return given.length === right.length && timingSafeEqual(given, right) ? id : null;
  }

  return {
    guestOf(headers) {
      for (const value of cookiesNamed(cookie.name, headers.get("cookie") ?? "")) {
        const id = verify(value);
        if (id) return { id, setCookie: null };
      }
      const id = `guest_${nanoid(ID_LENGTH)}`;
      return { id, setCookie: cookie.set(`${id}.${sign(id)}`, YEAR_S) };
    },
  };
}

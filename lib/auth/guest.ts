import { createHmac, timingSafeEqual } from "node:crypto";
import { nanoid } from "nanoid";
import { cookiesNamed, hostCookie } from "./cookies";

const YEAR_S = 31_536_000;
/** 22 characters of 6 bits: 132 random bits. */
const ID_LENGTH = 22;
const GUEST_ID = /^guest_[\w-]{22}$/;

/** A guest's id, and for a new guest the `Set-Cookie` value by which the next request is recognised. */
export interface Guest {
  id: string;
  setCookie: string | null;
}

export interface Guests {
  /** Never fails: without a valid cookie the request comes from a new guest. */
  guestOf(headers: Pick<Headers, "get">): Guest;
}

export interface GuestsOptions {
  secret: string;
  /** Whether the public address is https; the cookie is then never sent over plain http. */
  secure: boolean;
}

/** Identifies people who have not signed in by a random id in a signed cookie. */
export function createGuests({ secret, secure }: GuestsOptions): Guests {
  const cookie = hostCookie("qs_guest", secure);

  function sign(id: string): string {
    // The purpose is part of what is signed, so nothing else signed with this secret passes as a guest's cookie.
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

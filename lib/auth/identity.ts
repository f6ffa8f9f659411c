import { AppError } from "../errors";
import { quotaDay } from "../plans";
import type { KeyScope } from "../schemas/account";
import type { AccountStore, User } from "../store/accounts";
import { addressKey, addressOf } from "./address";
import type { Guests } from "./guest";
import { presentedKey } from "./keys";
import type { Sessions } from "./sessions";
import type { Viewer } from "./viewer";

/** Who makes a request, how that is known, and what follows from it. */
export interface Identity {
  viewer: Viewer;
  /** `null` for a guest. */
  user: User | null;
  /** The id of the session, where it is one that says who it is. */
  session: string | null;
  /** What the API key allows, where it is one that says who it is. */
  scopes: readonly KeyScope[] | null;
  /** Where the request comes from; for what is counted by address. */
  address: string;
  /** The cookie that lets a new guest be known the next time. */
  setCookie: string | null;
}

export interface Identities {
  /** Throws `unauthorized` for an API key that does not work (any more), and `forbidden` for a suspended account's. */
  of(headers: Pick<Headers, "get">): Promise<Identity>;
  addressOf(headers: Pick<Headers, "get">): string;
}

export interface IdentitiesOptions {
  guests: Guests;
  sessions: Sessions;
  store: Pick<AccountStore, "findSessionUser" | "findKey">;
  secret: string;
  trustedProxies: number;
  clock?: () => Date;
}

/** An API key says who it is, else a session's cookie, else a guest's; each request is looked up anew. */
export function createIdentities(options: IdentitiesOptions): Identities {
  const { guests, sessions, store, secret, trustedProxies, clock = () => new Date() } = options;

  function ofUser(user: User, address: string) {
    const viewer = { id: user.id, plan: user.plan, account: user.id };
    return { viewer, user, session: null, scopes: null, address, setCookie: null };
  }

  async function byKey(hash: string, address: string, now: Date): Promise<Identity> {
    const found = hash === "malformed" ? null : await store.findKey(hash, now);
    if (!found || (found.key.expiresAt && found.key.expiresAt <= now)) throw badKey();
    if (found.user.suspendedAt) throw suspended();
    return { ...ofUser(found.user, address), scopes: found.key.scopes };
  }

  return {
    addressOf: (headers) => addressOf(headers, trustedProxies),

    async of(headers) {
      const now = clock();
      const address = addressOf(headers, trustedProxies);
      const key = presentedKey(headers);
      if (key !== null) return byKey(key, address, now);
      const session = await sessions.idOf(headers);
      const user = session && (await store.findSessionUser(session, now));
      if (user && !user.suspendedAt) return { ...ofUser(user, address), session };
      const { id, setCookie } = guests.guestOf(headers);
      const account = addressKey(address, quotaDay(now).day, secret);
      const viewer = { id, plan: "guest" as const, account };
      return { viewer, user: null, session: null, scopes: null, address, setCookie };
    },
  };
}

function badKey(): AppError {
  return new AppError(
    "unauthorized",
    "This API key does not work: it is misspelt, revoked or expired. Make another one at /settings#keys.",
    { headers: { "WWW-Authenticate": "Bearer" } },
  );
}

export function suspended(): AppError {
  return new AppError("forbidden", "This account is suspended; ask whoever runs this Quicksand.");
}

import { AppError } from "../errors";
import { quotaDay } from "../plans";
import type { Credential, KeyScope } from "../schemas/account";
import type { AccountStore, User } from "../store/accounts";
import { addressKey, addressOf, networkDayKey, networkKey, shortNetwork } from "./address";
import { browserOf } from "./browser";
import { cookiesNamed } from "./cookies";
import type { Guest, Guests } from "./guest";
import type { GuestBrowsers } from "./guest-browsers";
import { presentedKey } from "./keys";
import type { Sessions } from "./sessions";
import type { Viewer } from "./viewer";

/** Where a request came from, as it is written down beside what it did. */
export interface Requester {
  /** The network, for limits by address. */
  address: string;
  /** As `browserOf` names it. */
  browser: string;
}

/** Who makes a request, and how that was established. */
export interface Identity extends Requester {
  viewer: Viewer;
  /** `null` for a guest. */
  user: User | null;
  /** The session's id when a session cookie identified them. */
  session: string | null;
  /** When the session's password was last given; `null` without a session. */
  confirmedAt: Date | null;
  /** The key's scopes when an API key identified them. */
  scopes: readonly KeyScope[] | null;
  /** `Set-Cookie` for a new guest, by which the next request is recognised. */
  setCookie: string | null;
}

export interface Identities {
  /** Whether a request shows a key or a session at all, be it good or not. */
  claimsOne(headers: Pick<Headers, "get">): boolean;
  /** Whose a request is that shows neither, or whose sender does not matter: the guest's that it comes from. */
  guest(headers: Pick<Headers, "get">): Promise<Viewer>;
  /** Throws `unauthorized` for an unknown, revoked or expired API key, and `forbidden` for the key of a suspended account. */
  of(headers: Pick<Headers, "get">): Promise<Identity>;
  /** Identifies the viewer of a page. API keys are ignored: they are for the API, which checks their scopes. */
  ofPage(headers: Pick<Headers, "get">): Promise<Identity>;
  addressOf(headers: Pick<Headers, "get">): string;
  /** The same for a request whose maker does not matter. */
  requesterOf(headers: Pick<Headers, "get">): Requester;
}

export interface IdentitiesOptions {
  guests: Guests;
  /** Tells guests apart by browser; `null` where a guest's quota is their address's. */
  browsers: GuestBrowsers | null;
  sessions: Sessions;
  store: Pick<AccountStore, "findSession" | "findKey">;
  secret: string;
  trustedProxies: number;
  /** How long a session may be unused before it ends. */
  sessionIdleMs: number;
  clock?: () => Date;
}

/** Identifies a request by its API key, else by its session cookie, else as a guest. Nothing is cached between requests. */
export function createIdentities(options: IdentitiesOptions): Identities {
  const {
    guests,
    browsers,
    sessions,
    store,
    secret,
    trustedProxies,
    sessionIdleMs,
    clock = () => new Date(),
  } = options;

  const requesterOf = (headers: Pick<Headers, "get">): Requester => ({
    address: addressOf(headers, trustedProxies),
    browser: browserOf(headers),
  });
  const nothing = { user: null, session: null, confirmedAt: null, scopes: null, setCookie: null };

  function networksOf(address: string, madeFrom: string | null, now: Date): string[] {
    const { day } = quotaDay(now);
    const networks = new Set([networkKey(address, secret), ...(madeFrom === null ? [] : [madeFrom])]);
    return [...networks].map((network) => networkDayKey(network, day, secret));
  }

  function ofUser(user: User, credential: Credential, requester: Requester, now: Date) {
    const networks = networksOf(requester.address, user.madeFrom, now);
    const viewer = { id: user.id, plan: user.plan, account: user.id, networks, credential };
    return { ...requester, ...nothing, viewer, user };
  }

  async function byKey(hash: string, requester: Requester, now: Date): Promise<Identity> {
    const found = hash === "malformed" ? null : await store.findKey(hash, now);
    if (!found || (found.key.expiresAt && found.key.expiresAt <= now)) throw badKey();
    if (found.user.suspendedAt) throw suspended();
    const { id, scopes, requestsPerMinute, runsPerDay } = found.key;
    const own = ofUser(found.user, { key: id }, requester, now);
    if (requestsPerMinute === null && runsPerDay === null) return { ...own, scopes };
    const keyCeilings = { account: `key:${id}`, requestsPerMinute, runsPerDay };
    return { ...own, viewer: { ...own.viewer, keyCeilings }, scopes };
  }

  async function byCookie(headers: Pick<Headers, "get">): Promise<Identity> {
    const now = clock();
    const requester = requesterOf(headers);
    const id = await sessions.idOf(headers);
    const use = { idleMs: sessionIdleMs, network: shortNetwork(requester.address) };
    const found = id && (await store.findSession(id, now, use));
    if (found && !found.user.suspendedAt) {
      const { user, session } = found;
      const own = ofUser(user, { session: session.id }, requester, now);
      return { ...own, session: session.id, confirmedAt: session.confirmedAt };
    }
    const guest = guests.guestOf(headers);
    const viewer = await ofGuest(guest, requester.address, now);
    return { ...requester, ...nothing, viewer, setCookie: guest.setCookie };
  }

  /** A guest who brings no cookie has the address's quota: one who drops it each time gets no other. */
  async function ofGuest({ id, setCookie }: Guest, address: string, now: Date): Promise<Viewer> {
    const group = addressKey(address, quotaDay(now).day, secret);
    const networks = networksOf(address, null, now);
    const [network = ""] = networks;
    const own = browsers !== null && setCookie === null && (await browsers.admit(id, network));
    return { id, plan: "guest", account: own ? id : group, group, networks };
  }

  return {
    claimsOne: (headers) =>
      presentedKey(headers) !== null ||
      cookiesNamed(sessions.cookieName, headers.get("cookie") ?? "").length > 0,
    guest: (headers) => ofGuest(guests.guestOf(headers), addressOf(headers, trustedProxies), clock()),
    addressOf: (headers) => addressOf(headers, trustedProxies),
    requesterOf,
    ofPage: byCookie,

    async of(headers) {
      const key = presentedKey(headers);
      return key === null ? byCookie(headers) : byKey(key, requesterOf(headers), clock());
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

import type { KeyScope, SignInWay } from "../schemas/account";
import type { AuditAction, AuditEntry as AuditEntryView } from "../schemas/admin";
import type { PlanId } from "../schemas/plan";
import type { Preferences } from "../schemas/preferences";
import type { SecondFactors } from "./second-factors";

export type { TwoFactor } from "./second-factors";

/** Somebody with an account. */
export interface User {
  id: string;
  /** As `emailSchema` makes it, in lower case; nobody else has it. */
  email: string;
  /** When they last showed that the address is theirs; `null` when nobody has. */
  emailProvenAt: Date | null;
  name: string;
  /** An Argon2 hash; `null` for users who sign in with GitHub or Google only. */
  passwordHash: string | null;
  /** Accounts at other sites that they sign in with, in the order given. Each belongs to one user at most. */
  identities: readonly Identity[];
  plan: PlanId;
  /** A key for the network that the account was made from; `null` where that is not known. */
  madeFrom: string | null;
  admin: boolean;
  suspendedAt: Date | null;
  /** Signed up where an admin approves accounts, and is not approved yet: cannot sign in. */
  waiting: boolean;
  /** The preferences they have set; stored values that are no longer valid are left out. */
  preferences: Partial<Preferences>;
  /** Since when they sign in with a code too; `null` when they do not. Changed by the methods of `SecondFactors` only. */
  twoFactorSince: Date | null;
  createdAt: Date;
  lastSeenAt: Date | null;
}

export interface Identity {
  way: Exclude<SignInWay, "password">;
  /** Their id at the other site. */
  id: string;
}

/** To whom the usage of a deleted user passes, of which days. */
export interface UsageHeir {
  account: string;
  /** As `2026-11-22`. */
  since: string;
}

/** A change to a user: what is left out stays, `identities` and `preferences` are replaced as a whole. */
export type UserChange = Partial<
  Pick<
    User,
    | "email"
    | "emailProvenAt"
    | "name"
    | "passwordHash"
    | "identities"
    | "plan"
    | "admin"
    | "suspendedAt"
    | "waiting"
    | "preferences"
    | "lastSeenAt"
  >
>;

/** A sign-in. It ends on sign-out, at `expiresAt`, when its user is deleted, and when the password changes. */
export interface Session {
  /** Hash of the token that the browser holds. */
  id: string;
  user: string;
  createdAt: Date;
  expiresAt: Date;
  /** Browser and system in words (`Firefox 128 on Linux`); empty or `unknown` when it is not known. */
  browser: string;
  /** The network it was last used from, shortened for showing; empty when unknown. */
  network: string;
  /** Within a minute. */
  lastSeenAt: Date;
  /** When its password was last given: at the sign-in, or when asked for again. */
  confirmedAt: Date;
}

/** Infinite, and left as it is, when left out. */
export interface SessionUse {
  idleMs?: number;
  network?: string;
}

/** What a link that is sent by mail may be used for. */
export type TokenPurpose = "prove_email" | "change_email" | "reset_password" | "second_step";

/** A link that works once. */
export interface Token {
  /** SHA-256 of what the link holds. */
  hash: string;
  user: string;
  purpose: TokenPurpose;
  /** The address that using it proves. */
  email: string;
  expiresAt: Date;
}

/** What must still hold when a password is replaced: the hash that was verified, and the session that goes on. */
export interface PasswordCondition {
  verified: string | null;
  keep: string | null;
}

/** An admin who changes somebody's account: `session` is the one that identified them. */
export interface ActingAdmin {
  user: string;
  session: string;
}

export interface ApiKey {
  id: string;
  owner: string;
  name: string;
  /** SHA-256 of the key. */
  hash: string;
  /** The beginning of the key, by which its owner recognises it. */
  hint: string;
  scopes: readonly KeyScope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** Ceilings of its own, below those of its owner's plan; `null` where it has none. */
  requestsPerMinute: number | null;
  runsPerDay: number | null;
}

/** As in the API, with `at` as a `Date`. */
export type AuditEntry = Omit<AuditEntryView, "at"> & { at: Date };

export interface UserPage {
  users: User[];
  nextCursor: string | null;
}

/** Which entries of the audit log; all that is given has to fit. */
export interface AuditQuery {
  /** An account that is actor or subject. */
  account?: string | undefined;
  action?: AuditAction | undefined;
  cursor?: string | null | undefined;
}

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}

/**
 * Stores users, their sessions and API keys, and the audit log. As in `Store`: absent is `null`, an unreachable database throws
 * `store_unavailable` within two seconds, and what a method has acknowledged is on disk. No error contains an e-mail address or a hash.
 * Permissions are checked by the caller: a suspended user is found like any other.
 */
export interface AccountStore extends SecondFactors {
  /**
   * `false`, without any change, when the id, the e-mail address or an identity is taken. `former` is the account that `deleteUser` passed
   * on the usage of an earlier account of theirs to: it becomes the new one's.
   */
  createUser(user: User, former?: string): Promise<boolean>;
  getUser(id: string): Promise<User | null>;
  findUserByEmail(email: string): Promise<User | null>;
  findUserByIdentity(identity: Identity): Promise<User | null>;
  /** Returns the changed user. Throws `conflict`, without any change, when an identity or the e-mail address is another user's. */
  updateUser(id: string, change: UserChange): Promise<User | null>;
  /**
   * As `updateUser`, for what an admin does to an account. Throws `forbidden`, without any change, when `by` is no admin any more or that
   * session has ended, and `conflict` when it would leave no admin: of two who demote each other at once, one is refused.
   */
  updateUserAs(by: ActingAdmin, id: string, change: UserChange): Promise<User | null>;
  /**
   * Replaces the password and ends every session of the user but `keep`. `false`, without any change, when the user's hash is not `verified`
   * any more or `keep` has ended: somebody else was faster.
   */
  replacePassword(id: string, passwordHash: string, condition: PasswordCondition): Promise<boolean>;
  /**
   * Throws `conflict` for the last admin while there are other accounts. Others may become or stop being admins afterwards.
   */
  assertMayLeave(id: string): Promise<void>;
  /**
   * Removes a user with identities, sessions, keys and usage; that of `heir.since` and later passes to `heir`. Runs are removed by
   * `deleteRuns`; the audit log stays. Throws as `assertMayLeave`, without any change.
   */
  deleteUser(id: string, heir?: UsageHeir): Promise<boolean>;
  /**
   * Newest first, at most 50 a page. `q` is text in the e-mail address or the name; case does not matter and no character is special. Only
   * `nextCursor: null` means the end: a page of a search through very many users may be short or even empty. A cursor that no page gave is
   * `invalid_request`.
   */
  listUsers(query: { q?: string | undefined; cursor?: string | null | undefined }): Promise<UserPage>;
  /** Those who wait for an admin's approval and are not suspended, the first to sign up first, at most 50. */
  listWaiting(): Promise<User[]>;
  countUsers(): Promise<number>;

  /**
   * Keeps the hash of the code by which somebody becomes the first admin, in place of an earlier one; `false`, and none is kept, while there
   * is an admin who is not suspended.
   */
  offerAdminCode(hash: string): Promise<boolean>;
  /** The hash of the code that waits to be used, unless there is an admin meanwhile. */
  adminCode(): Promise<string | null>;
  /**
   * Makes a user an admin, and approves them, for the code, which is then used up. `false`, without any change, when it is not the code that
   * waits, when there is an admin, and when the user is deleted or suspended: of many at once, one succeeds.
   */
  redeemAdminCode(hash: string, user: string): Promise<boolean>;
  /** Makes a user an admin, approved and not suspended; a code that waits is void. `null` when nobody has the address. */
  grantAdmin(email: string): Promise<User | null>;

  /**
   * `false`, without a session, when the user is deleted, or `verified` is given and is not their password's hash any more: so a sign-in with
   * an old password does not outlive its change, whichever is first. Throws `conflict` when the id is taken.
   */
  createSession(session: Session, verified?: string): Promise<boolean>;
  /**
   * A session that ends after `now` and was used less than `idleMs` before, with its user. Called for every request: reads by primary key
   * only, and writes `now` and `network` as its last use at most once a minute. The session is returned as stored afterwards.
   */
  findSession(id: string, now: Date, use?: SessionUse): Promise<{ session: Session; user: User } | null>;
  /** Those that `findSession` would find, the last used first. */
  listSessions(user: string, now: Date, idleMs?: number): Promise<Session[]>;
  /** Notes that the password was given; `false` when the session has ended. */
  confirmSession(id: string, now: Date): Promise<boolean>;
  /** With `user`, only a session of theirs. */
  deleteSession(id: string, user?: string): Promise<boolean>;
  /** Ends all sessions of a user but `except`; returns how many. */
  deleteSessions(user: string, except?: string): Promise<number>;

  /**
   * `false` when the owner has `limit` keys, expired ones included, or is deleted; concurrent calls cannot exceed the limit either. Throws
   * `conflict` when the id or the hash is taken, and `unauthorized` when `session` is given and has ended, or its user is suspended.
   */
  createKey(key: ApiKey, limit: number, session?: string): Promise<boolean>;
  /** Newest first. */
  listKeys(owner: string): Promise<ApiKey[]>;
  /**
   * A key, even an expired one, with its owner. Stores `now` as its last use at most once a minute, and otherwise only reads. The key is
   * returned as stored afterwards.
   */
  findKey(hash: string, now: Date): Promise<{ key: ApiKey; user: User } | null>;
  deleteKey(id: string, owner: string): Promise<boolean>;
  /** All of an owner's keys; returns how many. */
  deleteKeys(owner: string): Promise<number>;

  /** Does nothing for a user who is deleted. Throws `conflict` when the hash is taken. */
  createToken(token: Token): Promise<void>;
  /**
   * The token, if it is there for this purpose and ends after `now`; it is gone afterwards, with all others of its user and purpose. Of
   * concurrent calls one gets it.
   */
  spendToken(hash: string, purpose: TokenPurpose, now: Date): Promise<Token | null>;
  /** Without changing anything. */
  findToken(hash: string, purpose: TokenPurpose, now: Date): Promise<Token | null>;
  deleteTokens(user: string): Promise<number>;

  /** Adds an entry, kept for 400 days. Does nothing when the id exists. */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first, 50 a page. Cursors as for users. */
  listAudit(query: AuditQuery): Promise<AuditPage>;
}

import type { KeyScope, Preferences, SignInWay } from "../schemas/account";
import type { AuditEntry as AuditEntryView } from "../schemas/admin";
import type { PlanId } from "../schemas/plan";

/** Somebody with an account. */
export interface User {
  id: string;
  /** As `emailSchema` makes it, in lower case; nobody else has it. */
  email: string;
  name: string;
  /** Argon2's own text; `null` for who signs in with GitHub or Google only. */
  passwordHash: string | null;
  /** Accounts elsewhere that they sign in with, each of them nobody else's; in the order in which they were given. */
  identities: readonly Identity[];
  plan: PlanId;
  admin: boolean;
  suspendedAt: Date | null;
  /** What they have set of their preferences; what is kept and no longer understood is left out. */
  preferences: Partial<Preferences>;
  createdAt: Date;
  lastSeenAt: Date | null;
}

export interface Identity {
  way: Exclude<SignInWay, "password">;
  /** The id that the other side has for them. */
  id: string;
}

/** What can change of a user; what is left out stays. `identities` and `preferences` are replaced whole. */
export type UserChange = Partial<
  Pick<
    User,
    "name" | "passwordHash" | "identities" | "plan" | "admin" | "suspendedAt" | "preferences" | "lastSeenAt"
  >
>;

/** A sign-in that has not ended. It ends on sign-out, with its time, with its user, and when the password changes. */
export interface Session {
  /** Hash of what the browser holds. */
  id: string;
  user: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface ApiKey {
  id: string;
  owner: string;
  name: string;
  /** SHA-256 of the key. */
  hash: string;
  /** The beginning of the key, to tell it by. */
  hint: string;
  scopes: readonly KeyScope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** As the API shows it, with the moment as a `Date`. */
export type AuditEntry = Omit<AuditEntryView, "at"> & { at: Date };

export interface UserPage {
  users: User[];
  nextCursor: string | null;
}

export interface AuditPage {
  entries: AuditEntry[];
  nextCursor: string | null;
}

/**
 * Where accounts are kept: users, their sessions and keys, and the audit log. As in `Store`: absent is `null`, a store that
 * cannot be reached throws `store_unavailable` within two seconds, and what a method has answered is kept. No error says an
 * address or a hash. Whether somebody may do something is for the caller to see: a suspended user is found like any other.
 */
export interface AccountStore {
  /** `false`, and nothing is changed, when the id, the address or one of the identities is somebody's already. */
  createUser(user: User): Promise<boolean>;
  getUser(id: string): Promise<User | null>;
  findUserByEmail(email: string): Promise<User | null>;
  findUserByIdentity(identity: Identity): Promise<User | null>;
  /** Answers the user as they are now. Throws `conflict`, and changes nothing, when an identity is somebody else's. */
  updateUser(id: string, change: UserChange): Promise<User | null>;
  /** Removes a user with identities, sessions, keys and usage. Their runs are `deleteRuns`'s; the audit log stays. */
  deleteUser(id: string): Promise<boolean>;
  /**
   * Newest first, at most 50 a page; `q` is text in the address or the name, whatever its case, and no character of it is
   * special. Only `nextCursor: null` is the end: a search through very many users may answer with fewer, even none, and go on
   * with the next page. A cursor that no page gave is `invalid_request`.
   */
  listUsers(query: { q?: string | undefined; cursor?: string | null | undefined }): Promise<UserPage>;
  countUsers(): Promise<number>;

  /** Throws `conflict` when the id is taken. A session of a user who is gone is never found. */
  createSession(session: Session): Promise<void>;
  /** The user of a session that ends after `now`. Made for every request: nothing is written and only primary keys are read. */
  findSessionUser(id: string, now: Date): Promise<User | null>;
  deleteSession(id: string): Promise<boolean>;
  /** Ends all sessions of a user but one; answers how many that were. */
  deleteSessions(user: string, except?: string): Promise<number>;

  /**
   * `false` when the owner has `limit` keys already, expired ones included, or is gone; of many at once none more passes.
   * Throws `conflict` when the id or the hash is taken.
   */
  createKey(key: ApiKey, limit: number): Promise<boolean>;
  /** Newest first. */
  listKeys(owner: string): Promise<ApiKey[]>;
  /**
   * A key with its owner, also an expired one; `now` is kept as its last use, at most once a minute (and read only, otherwise).
   * The key is answered as it is kept then.
   */
  findKey(hash: string, now: Date): Promise<{ key: ApiKey; user: User } | null>;
  deleteKey(id: string, owner: string): Promise<boolean>;

  /** Writes an entry down, for 400 days. One whose id is there already is left as it is. */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first, 50 a page; of one account (actor or subject) where named. Cursors as for users. */
  listAudit(query: { account?: string | undefined; cursor?: string | null | undefined }): Promise<AuditPage>;
}

import { type Connection, type Model, Schema } from "mongoose";
import type { ApiKey, AuditEntry, Session, Token, TwoFactor, User } from "../accounts";
import { anyText, date, json, number, OPTIONS, text } from "./fields";

export interface UserRow extends Omit<User, "id" | "identities" | "twoFactorSince"> {
  _id: string;
  /** Identifies the call that inserted it, so that a repeated insert recognises its own row. */
  attempt: string;
  /** As `identityKey` writes them. Absent when there are none: the unique index would allow only one user with an empty list. */
  identities?: string[];
  /** Absent when it was never begun, or was turned off. */
  twoFactor?: TwoFactor;
  /** E-mail address and name in their searchable form. */
  emailFolded: string;
  nameFolded: string;
  /** As in `RunRow`. */
  order: string;
}

export interface SessionRow extends Omit<Session, "id"> {
  _id: string;
  attempt: string;
}

export interface TokenRow extends Omit<Token, "hash"> {
  _id: string;
  attempt: string;
}

export interface KeyRow extends Omit<ApiKey, "id"> {
  _id: string;
  /** Numbered per owner and unique, so that concurrent creations cannot exceed the limit. */
  slot: number;
}

export interface AuditRow extends Omit<AuditEntry, "id"> {
  _id: string;
  /** Actor and subject, so that one index lists the entries of either. */
  accounts: string[];
  order: string;
}

/** At most one: the code by which the first admin is made. */
export interface AdminCodeRow {
  _id: string;
  hash: string;
}

/** Held by one process at a time, by its unique `_id`. */
export interface LockRow {
  _id: string;
  /** Identifies the call that holds it. */
  holder: string;
  /** When others may take it from a holder that died. */
  heldUntil: Date;
}

export interface AccountModels {
  users: Model<UserRow>;
  sessions: Model<SessionRow>;
  tokens: Model<TokenRow>;
  keys: Model<KeyRow>;
  audit: Model<AuditRow>;
  locks: Model<LockRow>;
  adminCodes: Model<AdminCodeRow>;
}

const noDate = { type: Date, default: null } as const;
const noNumber = { type: Number, default: null } as const;

const twoFactorSchema = new Schema<TwoFactor>(
  { secret: text, since: noDate, lastStep: number, recovery: [String] },
  { ...OPTIONS, _id: false },
);

const userSchema = new Schema<UserRow>(
  {
    _id: text,
    attempt: text,
    email: text,
    emailProvenAt: noDate,
    madeFrom: { type: String, default: null },
    emailFolded: text,
    name: anyText,
    nameFolded: anyText,
    passwordHash: { type: String, default: null },
    identities: { type: [String], default: undefined },
    plan: text,
    admin: { type: Boolean, required: true },
    suspendedAt: noDate,
    waiting: { type: Boolean, default: false },
    preferences: json,
    twoFactor: { type: twoFactorSchema, default: undefined },
    createdAt: date,
    order: text,
    lastSeenAt: noDate,
  },
  OPTIONS,
);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ identities: 1 }, { unique: true, sparse: true });
userSchema.index({ order: 1 });
/** Those who wait for approval, the first to sign up first. */
export const WAITING_INDEX = { waiting: 1, order: 1 } as const;
userSchema.index(WAITING_INDEX, { partialFilterExpression: { waiting: true } });
/** Few, and asked for whenever an admin may be the last one. */
export const ADMIN_INDEX = { admin: 1 } as const;
userSchema.index(ADMIN_INDEX, { partialFilterExpression: { admin: true } });

const sessionSchema = new Schema<SessionRow>(
  {
    ...{ _id: text, attempt: text, user: text, createdAt: date, expiresAt: date },
    ...{ browser: anyText, network: anyText, lastSeenAt: date, confirmedAt: date },
  },
  OPTIONS,
);
export const SESSIONS_OF_USER = { user: 1, _id: 1 } as const;
sessionSchema.index(SESSIONS_OF_USER);
// Not a TTL index: expiry is judged by the caller's clock, as everywhere in the store.
sessionSchema.index({ expiresAt: 1 });

const tokenSchema = new Schema<TokenRow>(
  { _id: text, attempt: text, user: text, purpose: text, email: text, expiresAt: date },
  OPTIONS,
);
/** Chosen by name: with others that could do, a planner may pick the one by time, which would read everybody's. */
export const TOKENS_OF_USER = { user: 1 } as const;
tokenSchema.index(TOKENS_OF_USER);
tokenSchema.index({ expiresAt: 1 });

const keySchema = new Schema<KeyRow>(
  {
    _id: text,
    owner: text,
    slot: number,
    name: anyText,
    hash: text,
    hint: anyText,
    scopes: [String],
    createdAt: date,
    lastUsedAt: noDate,
    expiresAt: noDate,
    requestsPerMinute: noNumber,
    runsPerDay: noNumber,
  },
  OPTIONS,
);
keySchema.index({ owner: 1, slot: 1 }, { unique: true });
keySchema.index({ hash: 1 }, { unique: true });

const auditSchema = new Schema<AuditRow>(
  {
    _id: text,
    at: date,
    order: text,
    action: text,
    actor: { type: String, default: null },
    subject: { type: String, default: null },
    accounts: [String],
    detail: anyText,
    network: { type: String, default: null },
    browser: { type: String, default: null },
  },
  OPTIONS,
);
auditSchema.index({ order: 1 });
auditSchema.index({ action: 1, order: 1 });
export const AUDIT_OF_ACCOUNT = { accounts: 1, order: 1 } as const;
auditSchema.index(AUDIT_OF_ACCOUNT);

const adminCodeSchema = new Schema<AdminCodeRow>({ _id: text, hash: text }, OPTIONS);

const lockSchema = new Schema<LockRow>({ _id: text, holder: text, heldUntil: date }, OPTIONS);

export function accountModelsOf(connection: Connection): AccountModels {
  return {
    users: connection.model<UserRow>("User", userSchema, "users"),
    sessions: connection.model<SessionRow>("Session", sessionSchema, "sessions"),
    tokens: connection.model<TokenRow>("Token", tokenSchema, "tokens"),
    keys: connection.model<KeyRow>("Key", keySchema, "keys"),
    audit: connection.model<AuditRow>("Audit", auditSchema, "audit"),
    adminCodes: connection.model<AdminCodeRow>("AdminCode", adminCodeSchema, "admin_codes"),
    locks: connection.model<LockRow>("Lock", lockSchema, "locks"),
  };
}

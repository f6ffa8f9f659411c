import * as z from "zod";
import { auditActionSchema } from "../../schemas/admin";
import { planIdSchema } from "../../schemas/plan";
import type { ApiKey, AuditEntry, Identity, Session, Token, User } from "../accounts";
import { fold } from "../search";
import {
  distinctIdentities,
  identityWaySchema,
  storedPreferencesSchema,
  storedScopesSchema,
  tokenPurposeSchema,
} from "../stored-accounts";
import type { AuditRow, KeyRow, SessionRow, TokenRow, UserRow } from "./account-schemas";
import { orderOf, type Read } from "./rows";

const identitySchema = z
  .string()
  .transform((key) => ({ way: key.slice(0, key.indexOf(" ")), id: key.slice(key.indexOf(" ") + 1) }))
  .pipe(z.object({ way: identityWaySchema, id: z.string() }));

const userSchema = z.object({
  email: z.string(),
  // Absent in rows of before it was asked for.
  emailProvenAt: z.date().nullable().default(null),
  name: z.string(),
  passwordHash: z.string().nullable(),
  identities: z.array(identitySchema).default([]),
  plan: planIdSchema,
  madeFrom: z.string().nullable().default(null),
  admin: z.boolean(),
  suspendedAt: z.date().nullable(),
  waiting: z.boolean().default(false),
  preferences: storedPreferencesSchema,
  createdAt: z.date(),
  lastSeenAt: z.date().nullable(),
});

/** An identity as one text, so that one index can keep them unique. */
export function identityKey({ way, id }: Identity): string {
  return `${way} ${id}`;
}

export function identityKeys(identities: readonly Identity[]): string[] {
  return distinctIdentities(identities).map(identityKey);
}

export function userOf(row: Read<UserRow>): User {
  return { id: row._id, ...userSchema.parse(row), twoFactorSince: row.twoFactor?.since ?? null };
}

export function userRowOf({ id, identities, twoFactorSince: _, ...user }: User, attempt: string): UserRow {
  return {
    _id: id,
    attempt,
    ...user,
    ...(identities.length === 0 ? {} : { identities: identityKeys(identities) }),
    emailFolded: fold(user.email),
    nameFolded: fold(user.name),
    order: orderOf({ createdAt: user.createdAt.getTime(), id }),
  };
}

/** Rows of before a session knew where it was used from lack the later fields. */
const sessionSchema = z.object({
  user: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  browser: z.string().default(""),
  network: z.string().default(""),
  lastSeenAt: z.date().optional(),
  confirmedAt: z.date().default(new Date(0)),
});

export function sessionOf(row: Read<SessionRow>): Session {
  const { lastSeenAt, ...session } = sessionSchema.parse(row);
  return { id: row._id, ...session, lastSeenAt: lastSeenAt ?? session.createdAt };
}

const tokenSchema = z.object({
  user: z.string(),
  purpose: tokenPurposeSchema,
  email: z.string(),
  expiresAt: z.date(),
});

export function tokenOf(row: Read<TokenRow>): Token {
  return { hash: row._id, ...tokenSchema.parse(row) };
}

const keySchema = z.object({
  owner: z.string(),
  name: z.string(),
  hash: z.string(),
  hint: z.string(),
  scopes: storedScopesSchema,
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  // Absent from keys of before there were ceilings.
  requestsPerMinute: z.number().nullable().default(null),
  runsPerDay: z.number().nullable().default(null),
});

export function keyOf(row: Read<KeyRow>): ApiKey {
  return { id: row._id, ...keySchema.parse(row) };
}

const auditSchema = z.object({
  at: z.date(),
  action: auditActionSchema,
  actor: z.string().nullable(),
  subject: z.string().nullable(),
  detail: z.string(),
  // Entries of versions that did not write these down have none.
  network: z.string().nullable().default(null),
  browser: z.string().nullable().default(null),
});

export function auditEntryOf(row: Read<AuditRow>): AuditEntry {
  return { id: row._id, ...auditSchema.parse(row) };
}

export function auditRowOf({ id, ...entry }: AuditEntry): AuditRow {
  const { at, actor, subject } = entry;
  const accounts = new Set([actor, subject].filter((account) => account !== null));
  return { _id: id, ...entry, accounts: [...accounts], order: orderOf({ createdAt: at.getTime(), id }) };
}

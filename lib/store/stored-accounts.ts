import * as z from "zod";
import { AppError } from "../errors";
import { keyScopeSchema, preferencesChangeSchema } from "../schemas/account";
import type { Preferences } from "../schemas/preferences";
import type { ApiKey, Identity, Session, TokenPurpose, User } from "./accounts";

/** Rows on a page of users or of the audit log. */
export const ACCOUNT_PAGE_ROWS = 50;

/** Days for which `prune` keeps the audit log. */
export const AUDIT_DAYS_KEPT = 400;

/** A key's or session's last use is only written again after this time, so that a busy one does not cost a write per request. */
export const LAST_USE_STEP_MS = 60_000;

/** Without duplicates. */
export function distinctIdentities(identities: readonly Identity[]): Identity[] {
  const known = new Map(identities.map(({ way, id }) => [`${way}:${id}`, { way, id }]));
  return [...known.values()];
}

export function emailTaken(): AppError {
  return new AppError("conflict", "Another account has this e-mail address.");
}

export const identityWaySchema = z.enum(["github", "google", "oidc"]) satisfies z.ZodType<Identity["way"]>;

/** A user's stored preferences; each value that today's schema does not accept is left out. */
export const storedPreferencesSchema = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((kept): User["preferences"] => {
    const fields = Object.entries(preferencesChangeSchema.shape).flatMap(([name, field]) => {
      const value = field.safeParse(kept[name]);
      return value.success && value.data !== undefined ? [[name, value.data]] : [];
    });
    return Object.fromEntries(fields) as Partial<Preferences>;
  });

export const storedScopesSchema = z.array(keyScopeSchema) satisfies z.ZodType<ApiKey["scopes"]>;

export const tokenPurposeSchema = z.enum([
  "prove_email",
  "change_email",
  "reset_password",
  "second_step",
]) satisfies z.ZodType<TokenPurpose>;

/** What a session is made of, where dates are written in one's own way. */
export function sessionShape<Moment extends z.ZodType<Date>>(date: Moment) {
  return {
    id: z.string(),
    user: z.string(),
    createdAt: date,
    expiresAt: date,
    browser: z.string(),
    network: z.string(),
    lastSeenAt: date,
    confirmedAt: date,
  };
}

/** As `sessionShape`, of a token. */
export function tokenShape<Moment extends z.ZodType<Date>>(date: Moment) {
  return {
    hash: z.string(),
    user: z.string(),
    purpose: tokenPurposeSchema,
    email: z.string(),
    expiresAt: date,
  };
}

/** Whether this use of a key or session should be written. */
export function isNewUse(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= LAST_USE_STEP_MS;
}

export function isIdle({ lastSeenAt }: Session, now: Date, idleMs = Number.POSITIVE_INFINITY): boolean {
  return now.getTime() - lastSeenAt.getTime() >= idleMs;
}

/** For what was asked with a session or a key that ended before it was done. */
export function credentialEnded(): AppError {
  return new AppError(
    "unauthorized",
    "You were signed out, or the API key was revoked, before this was done; sign in again.",
    { headers: { "WWW-Authenticate": "Bearer" } },
  );
}

export function noAdminAnyMore(): AppError {
  return new AppError("forbidden", "You are no admin any more, or were signed out; nothing was changed.");
}

export function lastAdmin(): AppError {
  return new AppError("conflict", "This is the only admin's account; make another account an admin's first.");
}

import * as z from "zod";
import { keyScopeSchema, type Preferences, preferencesChangeSchema } from "../schemas/account";
import type { ApiKey, Identity, User } from "./accounts";

/** Rows of a page of users or of the audit log. */
export const ACCOUNT_PAGE_ROWS = 50;

/** Days of the audit log that `prune` leaves. */
export const AUDIT_DAYS_KEPT = 400;

/** How old the noted last use of a key is before it is written anew: a busy key would otherwise cost a write each time. */
export const LAST_USE_STEP_MS = 60_000;

/** The same identity once. */
export function distinctIdentities(identities: readonly Identity[]): Identity[] {
  const known = new Map(identities.map(({ way, id }) => [`${way}:${id}`, { way, id }]));
  return [...known.values()];
}

export const identityWaySchema = z.enum(["github", "google"]) satisfies z.ZodType<Identity["way"]>;

/** What is there of a user's preferences, as far as it can be understood: a bad value costs itself alone. */
export const keptPreferencesSchema = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((kept): User["preferences"] => {
    const fields = Object.entries(preferencesChangeSchema.shape).flatMap(([name, field]) => {
      const value = field.safeParse(kept[name]);
      return value.success && value.data !== undefined ? [[name, value.data]] : [];
    });
    return Object.fromEntries(fields) as Partial<Preferences>;
  });

export const keptScopesSchema = z.array(keyScopeSchema) satisfies z.ZodType<ApiKey["scopes"]>;

/** Whether a use of a key is to be written down. */
export function isNewUse(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= LAST_USE_STEP_MS;
}

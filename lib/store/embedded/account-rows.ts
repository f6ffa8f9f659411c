import * as z from "zod";
import { auditActionSchema } from "../../schemas/admin";
import { planIdSchema } from "../../schemas/plan";
import {
  identityWaySchema,
  sessionShape,
  storedPreferencesSchema,
  storedScopesSchema,
  tokenShape,
} from "../stored-accounts";
import { date, flag, json } from "./rows";

export const userRow = z.object({
  id: z.string(),
  email: z.string(),
  emailProvenAt: date.nullable(),
  name: json(z.string()),
  passwordHash: z.string().nullable(),
  identities: json(z.array(z.object({ way: identityWaySchema, id: z.string() }))),
  plan: planIdSchema,
  madeFrom: z.string().nullable(),
  admin: flag,
  suspendedAt: date.nullable(),
  waiting: flag,
  preferences: json(storedPreferencesSchema),
  twoFactorSince: date.nullable(),
  createdAt: date,
  lastSeenAt: date.nullable(),
});

/** The columns of `userRow`, from `users` and, by an index, `identities`. */
export const SELECT_USER = `
  SELECT users.id, users.email, users.email_proven_at AS emailProvenAt, users.name, users.password_hash AS passwordHash, users.plan,
    users.made_from AS madeFrom, users.admin, users.suspended_at AS suspendedAt, users.waiting, users.preferences,
    users.created_at AS createdAt,
    users.last_seen_at AS lastSeenAt,
    (SELECT since FROM two_factor WHERE two_factor.user = users.seq) AS twoFactorSince,
    (SELECT json_group_array(json_object('way', way, 'id', id)) FROM
      (SELECT way, id FROM identities WHERE user = users.seq ORDER BY seq)) AS identities
  FROM users`;

export const sessionRow = z.object(sessionShape(date));

export const SELECT_SESSION = `
  SELECT sessions.id, users.id AS user, sessions.created_at AS createdAt, expires_at AS expiresAt, browser, network,
    sessions.last_seen_at AS lastSeenAt, confirmed_at AS confirmedAt
  FROM sessions JOIN users ON users.seq = sessions.user`;

export const tokenRow = z.object(tokenShape(date));

export const SELECT_TOKEN = `
  SELECT hash, users.id AS user, purpose, tokens.email, expires_at AS expiresAt
  FROM tokens JOIN users ON users.seq = tokens.user`;

export const keyRow = z.object({
  id: z.string(),
  owner: z.string(),
  name: json(z.string()),
  hash: z.string(),
  hint: z.string(),
  scopes: json(storedScopesSchema),
  createdAt: date,
  lastUsedAt: date.nullable(),
  expiresAt: date.nullable(),
  requestsPerMinute: z.number().int().nullable(),
  runsPerDay: z.number().int().nullable(),
});

export const SELECT_KEY = `
  SELECT keys.id, users.id AS owner, keys.name, hash, hint, scopes, keys.created_at AS createdAt,
    last_used_at AS lastUsedAt, expires_at AS expiresAt, requests_per_minute AS requestsPerMinute,
    runs_per_day AS runsPerDay
  FROM keys JOIN users ON users.seq = keys.user`;

export const auditRow = z.object({
  id: z.string(),
  createdAt: date,
  action: auditActionSchema,
  actor: z.string().nullable(),
  subject: z.string().nullable(),
  detail: json(z.string()),
  network: z.string().nullable(),
  browser: z.string().nullable(),
});

import type { AccountStore, ApiKey, AuditEntry, Session, Token, User } from "../accounts";
import { newId } from "./fixtures";

export function anEmail(): string {
  return `${newId().toLowerCase()}@example.com`;
}

/** Has a value in every field, so that a store that forgets one fails. */
export function aUser(user: Partial<User> = {}): User {
  return {
    id: newId(),
    email: anEmail(),
    emailProvenAt: new Date("2026-11-19T11:00:00.004Z"),
    name: "Zoë 🙂",
    passwordHash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
    identities: [
      { way: "google", id: newId() },
      { way: "github", id: newId() },
      { way: "oidc", id: `${newId()}#https://id.example.org/realms/a b` },
    ],
    plan: "pro",
    madeFrom: "a-network",
    admin: true,
    suspendedAt: new Date("2026-11-20T10:00:00.001Z"),
    waiting: true,
    // Turned on by methods of its own.
    twoFactorSince: null,
    preferences: { theme: "dark", tabWidth: 8 },
    createdAt: new Date("2026-11-19T10:00:00.002Z"),
    lastSeenAt: new Date("2026-11-21T10:00:00.003Z"),
    ...user,
  };
}

export async function createdUser(accounts: AccountStore, user: Partial<User> = {}): Promise<User> {
  const created = aUser(user);
  if (!(await accounts.createUser(created))) throw new Error("The user is there already.");
  return created;
}

export const NOW = new Date("2026-11-23T12:00:00Z");

export function later(milliseconds: number): Date {
  return new Date(NOW.getTime() + milliseconds);
}

export function aSession(user: string, session: Partial<Session> = {}): Session {
  return {
    ...{ id: newId(), user, createdAt: NOW, expiresAt: later(1000) },
    ...{ browser: "Firefox on Linux", network: "203.0.113.x", lastSeenAt: NOW, confirmedAt: NOW },
    ...session,
  };
}

export async function createdSession(
  accounts: AccountStore,
  user: string,
  session: Partial<Session> = {},
): Promise<Session> {
  const created = aSession(user, session);
  await accounts.createSession(created);
  return created;
}

export function aToken(user: string, token: Partial<Token> = {}): Token {
  return {
    ...{ hash: newId(), user, purpose: "reset_password", email: anEmail(), expiresAt: later(1000) },
    ...token,
  };
}

export function aKey(owner: string, key: Partial<ApiKey> = {}): ApiKey {
  return {
    id: newId(),
    owner,
    name: "Homework of Zoë",
    hash: newId(),
    hint: "qs_1a2b",
    scopes: ["run", "read"],
    createdAt: NOW,
    lastUsedAt: null,
    expiresAt: later(86_400_000),
    requestsPerMinute: 30,
    runsPerDay: 100,
    ...key,
  };
}

export function anEntry(entry: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: newId(),
    at: NOW,
    action: "sign_in",
    actor: null,
    subject: null,
    detail: "with a password",
    network: "192.0.2.7",
    browser: "Firefox 128 on Linux",
    ...entry,
  };
}

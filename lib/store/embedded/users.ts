import * as z from "zod";
import { AppError } from "../../errors";
import type { ActingAdmin, Identity, UsageHeir, User, UserChange } from "../accounts";
import { searchText } from "../search";
import { distinctIdentities, emailTaken } from "../stored-accounts";
import { SELECT_USER, userRow } from "./account-rows";
import type { EmbeddedDatabase, SqlValue } from "./database";
import { moveUsage } from "./quota";
import { assertActs, assertAdminStays, assertMayLeave } from "./rights";
import { json, seqRow } from "./rows";

/** After every day. */
const ALL_DAYS = "~";

const foundRow = seqRow.extend({ email: z.string(), name: json(z.string()) });

export function createUser(database: EmbeddedDatabase, user: User, former?: string): boolean {
  return database.transaction(() => {
    if (isTaken(database, user.identities, null)) return false;
    const inserted = database.get(
      seqRow,
      `INSERT INTO users (id, email, email_proven_at, name, search, password_hash, plan, made_from, admin,
         suspended_at, waiting, preferences, created_at, last_seen_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq`,
      user.id,
      user.email,
      user.emailProvenAt?.getTime() ?? null,
      JSON.stringify(user.name),
      searchText(user.email, user.name),
      user.passwordHash,
      user.plan,
      user.madeFrom,
      user.admin ? 1 : 0,
      user.suspendedAt?.getTime() ?? null,
      user.waiting ? 1 : 0,
      JSON.stringify(user.preferences),
      user.createdAt.getTime(),
      user.lastSeenAt?.getTime() ?? null,
    );
    if (!inserted) return false;
    insertIdentities(database, inserted.seq, user.identities);
    if (former !== undefined) moveUsage(database, former, user.id);
    return true;
  });
}

export function getUser(database: EmbeddedDatabase, id: string): User | null {
  return database.get(userRow, `${SELECT_USER} WHERE users.id = ?`, id);
}

export function findUserByEmail(database: EmbeddedDatabase, email: string): User | null {
  return database.get(userRow, `${SELECT_USER} WHERE users.email = ?`, email);
}

export function findUserByIdentity(database: EmbeddedDatabase, { way, id }: Identity): User | null {
  const bySeq = "users.seq = (SELECT user FROM identities WHERE way = ? AND id = ?)";
  return database.get(userRow, `${SELECT_USER} WHERE ${bySeq}`, way, id);
}

export function updateUser(database: EmbeddedDatabase, id: string, change: UserChange): User | null {
  return database.transaction(() => changeUser(database, id, change));
}

export function updateUserAs(
  database: EmbeddedDatabase,
  by: ActingAdmin,
  id: string,
  change: UserChange,
): User | null {
  return database.transaction(() => {
    assertActs(database, by);
    assertAdminStays(database, id, change);
    return changeUser(database, id, change);
  });
}

/** Call it inside a transaction. */
function changeUser(database: EmbeddedDatabase, id: string, change: UserChange): User | null {
  const found = database.get(foundRow, "SELECT seq, email, name FROM users WHERE id = ?", id);
  if (!found) return null;
  const { seq } = found;
  if (change.email !== undefined && change.email !== found.email) {
    if (database.get(seqRow, "SELECT seq FROM users WHERE email = ?", change.email)) throw emailTaken();
  }
  if (change.identities) {
    if (isTaken(database, change.identities, seq)) {
      throw new AppError("conflict", "That account elsewhere signs in to another account here.");
    }
    database.run("DELETE FROM identities WHERE user = ?", seq);
    insertIdentities(database, seq, change.identities);
  }
  const columns = Object.entries(changedColumns(found, change));
  if (columns.length > 0) {
    const set = columns.map(([column]) => `${column} = ?`).join(", ");
    const values = columns.map(([, value]) => value);
    database.run(`UPDATE users SET ${set} WHERE seq = ?`, ...values, seq);
  }
  return getUser(database, id);
}

/** The values to set, by column. Column names are fixed; values are only ever passed as parameters. */
function changedColumns(found: Pick<User, "email" | "name">, change: UserChange): Record<string, SqlValue> {
  const {
    email,
    emailProvenAt,
    name,
    passwordHash,
    plan,
    admin,
    suspendedAt,
    waiting,
    preferences,
    lastSeenAt,
  } = change;
  return {
    ...(email === undefined ? {} : { email }),
    ...(emailProvenAt === undefined ? {} : { email_proven_at: emailProvenAt?.getTime() ?? null }),
    ...(name === undefined ? {} : { name: JSON.stringify(name) }),
    ...(email === undefined && name === undefined
      ? {}
      : { search: searchText(email ?? found.email, name ?? found.name) }),
    ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
    ...(plan === undefined ? {} : { plan }),
    ...(admin === undefined ? {} : { admin: admin ? 1 : 0 }),
    ...(suspendedAt === undefined ? {} : { suspended_at: suspendedAt?.getTime() ?? null }),
    ...(waiting === undefined ? {} : { waiting: waiting ? 1 : 0 }),
    ...(preferences === undefined ? {} : { preferences: JSON.stringify(preferences) }),
    ...(lastSeenAt === undefined ? {} : { last_seen_at: lastSeenAt?.getTime() ?? null }),
  };
}

export function deleteUser(database: EmbeddedDatabase, id: string, heir?: UsageHeir): boolean {
  return database.removal(() => {
    assertMayLeave(database, id);
    database.run("DELETE FROM usage WHERE owner = ? AND day < ?", id, heir?.since ?? ALL_DAYS);
    if (heir) moveUsage(database, id, heir.account);
    // Identities, sessions and keys are removed with the row (ON DELETE CASCADE).
    return database.run("DELETE FROM users WHERE id = ?", id) > 0;
  });
}

/** Call it inside a transaction. */
function isTaken(database: EmbeddedDatabase, identities: readonly Identity[], by: number | null): boolean {
  return identities.some(({ way, id }) => {
    const sql = "SELECT user AS seq FROM identities WHERE way = ? AND id = ?";
    const owner = database.get(seqRow, sql, way, id);
    return owner !== null && owner.seq !== by;
  });
}

function insertIdentities(database: EmbeddedDatabase, user: number, identities: readonly Identity[]): void {
  for (const { way, id } of distinctIdentities(identities)) {
    database.run("INSERT INTO identities (way, id, user) VALUES (?, ?, ?)", way, id, user);
  }
}

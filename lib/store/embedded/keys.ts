import { AppError } from "../../errors";
import type { ApiKey, User } from "../accounts";
import { isNewUse } from "../stored-accounts";
import { keyRow, SELECT_KEY } from "./account-rows";
import type { EmbeddedDatabase } from "./database";
import { assertHolds } from "./rights";
import { amountRow, seqRow } from "./rows";
import { getUser } from "./users";

export function createKey(
  database: EmbeddedDatabase,
  key: ApiKey,
  limit: number,
  session: string | undefined,
): boolean {
  return database.transaction(() => {
    if (session !== undefined) assertHolds(database, key.owner, { session }, key.createdAt);
    const user = database.get(seqRow, "SELECT seq FROM users WHERE id = ?", key.owner);
    if (!user) return false;
    const kept = database.get(amountRow, "SELECT count(*) AS amount FROM keys WHERE user = ?", user.seq);
    if (!kept || kept.amount >= limit) return false;
    const inserted = database.run(
      `INSERT INTO keys (id, hash, user, name, hint, scopes, created_at, last_used_at, expires_at,
         requests_per_minute, runs_per_day)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      key.id,
      key.hash,
      user.seq,
      JSON.stringify(key.name),
      key.hint,
      JSON.stringify(key.scopes),
      key.createdAt.getTime(),
      key.lastUsedAt?.getTime() ?? null,
      key.expiresAt?.getTime() ?? null,
      key.requestsPerMinute,
      key.runsPerDay,
    );
    if (inserted === 0) throw new AppError("conflict", "There is a key of this id or hash already.");
    return true;
  });
}

export function listKeys(database: EmbeddedDatabase, owner: string): ApiKey[] {
  return database.all(
    keyRow,
    `${SELECT_KEY} WHERE users.id = ? ORDER BY keys.created_at DESC, keys.id DESC`,
    owner,
  );
}

export function keyWithOwner(
  database: EmbeddedDatabase,
  hash: string,
  now: Date,
): { key: ApiKey; user: User } | null {
  const key = database.get(keyRow, `${SELECT_KEY} WHERE hash = ?`, hash);
  const user = key && getUser(database, key.owner);
  if (!key || !user) return null;
  if (!isNewUse(key.lastUsedAt, now)) return { key, user };
  database.run("UPDATE keys SET last_used_at = ? WHERE hash = ?", now.getTime(), hash);
  return { key: { ...key, lastUsedAt: now }, user };
}

export function deleteKey(database: EmbeddedDatabase, id: string, owner: string): boolean {
  const ofOwner = "user = (SELECT seq FROM users WHERE id = ?)";
  return database.run(`DELETE FROM keys WHERE id = ? AND ${ofOwner}`, id, owner) > 0;
}

export function deleteKeys(database: EmbeddedDatabase, owner: string): number {
  return database.run("DELETE FROM keys WHERE user = (SELECT seq FROM users WHERE id = ?)", owner);
}

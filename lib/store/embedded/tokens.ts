import { AppError } from "../../errors";
import type { Token, TokenPurpose } from "../accounts";
import { SELECT_TOKEN, tokenRow } from "./account-rows";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { seqRow } from "./rows";

export function createToken(database: EmbeddedDatabase, token: Token): void {
  const made = database.transaction(() => {
    const user = database.get(seqRow, "SELECT seq FROM users WHERE id = ?", token.user);
    if (!user) return true;
    const sql = "INSERT INTO tokens (hash, user, purpose, email, expires_at) VALUES (?, ?, ?, ?, ?)";
    const values = [token.hash, user.seq, token.purpose, token.email, token.expiresAt.getTime()];
    return database.run(`${sql} ON CONFLICT DO NOTHING`, ...values) > 0;
  });
  if (!made) throw new AppError("conflict", "There is a token of this hash already.");
}

export function findToken(
  database: EmbeddedDatabase,
  hash: string,
  purpose: TokenPurpose,
  now: Date,
): Token | null {
  const sql = `${SELECT_TOKEN} WHERE hash = ? AND purpose = ? AND expires_at > ?`;
  return database.get(tokenRow, sql, hash, purpose, now.getTime());
}

export function spendToken(
  database: EmbeddedDatabase,
  hash: string,
  purpose: TokenPurpose,
  now: Date,
): Token | null {
  return database.transaction(() => {
    const token = findToken(database, hash, purpose, now);
    if (!token) return null;
    const ofUser = "user = (SELECT seq FROM users WHERE id = ?)";
    database.run(`DELETE FROM tokens WHERE ${ofUser} AND purpose = ?`, token.user, purpose);
    return token;
  });
}

export function deleteTokens(database: EmbeddedDatabase, user: string): number {
  return database.run("DELETE FROM tokens WHERE user = (SELECT seq FROM users WHERE id = ?)", user);
}

export function pruneTokens(database: EmbeddedDatabase, now: Date): Promise<number> {
  return untilNone(() =>
    database.run(
      "DELETE FROM tokens WHERE hash IN (SELECT hash FROM tokens WHERE expires_at <= ? LIMIT ?)",
      now.getTime(),
      BATCH_ROWS,
    ),
  );
}

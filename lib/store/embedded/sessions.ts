import { AppError } from "../../errors";
import type { Session, User } from "../accounts";
import { SELECT_USER, userRow } from "./account-rows";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { seqRow } from "./rows";

const USER_SEQ = "(SELECT seq FROM users WHERE id = ?)";

export function createSession(database: EmbeddedDatabase, session: Session): void {
  const made = database.transaction(() => {
    const user = database.get(seqRow, "SELECT seq FROM users WHERE id = ?", session.user);
    // Deleted during the sign-in: the session is not stored, so its token is worthless.
    if (!user) return true;
    const { id, createdAt, expiresAt } = session;
    const values = [id, user.seq, createdAt.getTime(), expiresAt.getTime()];
    return database.run("INSERT INTO sessions VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", ...values) > 0;
  });
  if (!made) throw new AppError("conflict", "There is a session of this id already.");
}

export const SESSION_USER_STATEMENT = `
  ${SELECT_USER} JOIN sessions ON sessions.user = users.seq WHERE sessions.id = ? AND sessions.expires_at > ?`;

export function findSessionUser(database: EmbeddedDatabase, id: string, now: Date): User | null {
  return database.get(userRow, SESSION_USER_STATEMENT, id, now.getTime());
}

export function deleteSession(database: EmbeddedDatabase, id: string): boolean {
  return database.run("DELETE FROM sessions WHERE id = ?", id) > 0;
}

export function deleteSessions(database: EmbeddedDatabase, user: string, except: string | undefined): number {
  const sql = `DELETE FROM sessions WHERE user = ${USER_SEQ} AND id IS NOT ?`;
  return database.run(sql, user, except ?? null);
}

export function pruneSessions(database: EmbeddedDatabase, now: Date): Promise<number> {
  return untilNone(() =>
    database.run(
      "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ? LIMIT ?)",
      now.getTime(),
      BATCH_ROWS,
    ),
  );
}

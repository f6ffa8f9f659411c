import { AppError } from "../../errors";
import type { Session, SessionUse, User } from "../accounts";
import { isIdle, isNewUse } from "../stored-accounts";
import { SELECT_SESSION, sessionRow } from "./account-rows";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { seqRow } from "./rows";
import { getUser } from "./users";

const USER_SEQ = "(SELECT seq FROM users WHERE id = ?)";

export function createSession(database: EmbeddedDatabase, session: Session): void {
  const made = database.transaction(() => {
    const user = database.get(seqRow, "SELECT seq FROM users WHERE id = ?", session.user);
    // Deleted during the sign-in: the session is not stored, so its token is worthless.
    if (!user) return true;
    const sql = `INSERT INTO sessions (id, user, created_at, expires_at, browser, network, last_seen_at, confirmed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
    const inserted = database.run(
      sql,
      session.id,
      user.seq,
      session.createdAt.getTime(),
      session.expiresAt.getTime(),
      session.browser,
      session.network,
      session.lastSeenAt.getTime(),
      session.confirmedAt.getTime(),
    );
    return inserted > 0;
  });
  if (!made) throw new AppError("conflict", "There is a session of this id already.");
}

export const SESSION_STATEMENT = `${SELECT_SESSION} WHERE sessions.id = ? AND sessions.expires_at > ?`;

export function findSession(
  database: EmbeddedDatabase,
  id: string,
  now: Date,
  { idleMs, network }: SessionUse,
): { session: Session; user: User } | null {
  const session = database.get(sessionRow, SESSION_STATEMENT, id, now.getTime());
  const user = session && getUser(database, session.user);
  if (!session || !user || isIdle(session, now, idleMs)) return null;
  if (!isNewUse(session.lastSeenAt, now)) return { session, user };
  const used = { ...session, lastSeenAt: now, network: network ?? session.network };
  const sql = "UPDATE sessions SET last_seen_at = ?, network = ? WHERE id = ?";
  database.run(sql, now.getTime(), used.network, id);
  return { session: used, user };
}

export function listSessions(
  database: EmbeddedDatabase,
  user: string,
  now: Date,
  idleMs: number | undefined,
): Session[] {
  const sql = `${SELECT_SESSION} WHERE sessions.user = ${USER_SEQ} AND expires_at > ?
    ORDER BY sessions.last_seen_at DESC, sessions.id`;
  const sessions = database.all(sessionRow, sql, user, now.getTime());
  return sessions.filter((session) => !isIdle(session, now, idleMs));
}

export function confirmSession(database: EmbeddedDatabase, id: string, now: Date): boolean {
  return database.run("UPDATE sessions SET confirmed_at = ? WHERE id = ?", now.getTime(), id) > 0;
}

export function deleteSession(database: EmbeddedDatabase, id: string, user: string | undefined): boolean {
  if (user === undefined) return database.run("DELETE FROM sessions WHERE id = ?", id) > 0;
  return database.run(`DELETE FROM sessions WHERE id = ? AND user = ${USER_SEQ}`, id, user) > 0;
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

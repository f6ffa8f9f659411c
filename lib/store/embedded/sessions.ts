import * as z from "zod";
import { AppError } from "../../errors";
import type { PasswordCondition, Session, SessionUse, User } from "../accounts";
import { isIdle, isNewUse } from "../stored-accounts";
import { SELECT_SESSION, sessionRow } from "./account-rows";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { seqRow } from "./rows";
import { getUser } from "./users";

const USER_SEQ = "(SELECT seq FROM users WHERE id = ?)";

const passwordRow = seqRow.extend({ passwordHash: z.string().nullable() });

function userWithPassword(database: EmbeddedDatabase, id: string): z.infer<typeof passwordRow> | null {
  return database.get(passwordRow, "SELECT seq, password_hash AS passwordHash FROM users WHERE id = ?", id);
}

export function createSession(
  database: EmbeddedDatabase,
  session: Session,
  verified: string | undefined,
): boolean {
  return database.transaction(() => {
    const user = userWithPassword(database, session.user);
    if (!user || (verified !== undefined && user.passwordHash !== verified)) return false;
    const inserted = database.run(
      `INSERT INTO sessions (id, user, created_at, expires_at, browser, network, last_seen_at, confirmed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      session.id,
      user.seq,
      session.createdAt.getTime(),
      session.expiresAt.getTime(),
      session.browser,
      session.network,
      session.lastSeenAt.getTime(),
      session.confirmedAt.getTime(),
    );
    if (inserted > 0) return true;
    throw new AppError("conflict", "There is a session of this id already.");
  });
}

export function replacePassword(
  database: EmbeddedDatabase,
  id: string,
  passwordHash: string,
  { verified, keep }: PasswordCondition,
): boolean {
  return database.transaction(() => {
    const user = userWithPassword(database, id);
    if (!user || user.passwordHash !== verified) return false;
    const kept = "SELECT user AS seq FROM sessions WHERE id = ?";
    if (keep !== null && database.get(seqRow, kept, keep)?.seq !== user.seq) return false;
    database.run("UPDATE users SET password_hash = ? WHERE seq = ?", passwordHash, user.seq);
    deleteSessions(database, id, keep ?? undefined);
    return true;
  });
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

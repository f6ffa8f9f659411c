import type { AccountStore, AuditEntry, AuditPage } from "../accounts";
import { decodeCursor, pageOf } from "../cursor";
import { ACCOUNT_PAGE_ROWS, AUDIT_DAYS_KEPT } from "../stored-accounts";
import { auditRow } from "./account-rows";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";

/** Does nothing when the entry exists. */
export function record(database: EmbeddedDatabase, entry: AuditEntry): void {
  database.run(
    `INSERT INTO audit (id, at, action, actor, subject, detail) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
    entry.id,
    entry.at.getTime(),
    entry.action,
    entry.actor,
    entry.subject,
    JSON.stringify(entry.detail),
  );
}

const COLUMNS = "id, at AS createdAt, action, actor, subject, detail";
const BEHIND = "(at, id) < (?, ?)";
const ORDER = "ORDER BY at DESC, id DESC LIMIT ?";

export const AUDIT_STATEMENT = `SELECT ${COLUMNS} FROM audit WHERE ${BEHIND} ${ORDER}`;

/** Takes the newest entries as actor and as subject, each from its own index, and of both the newest. */
export const AUDIT_OF_ACCOUNT_STATEMENT = `
  SELECT * FROM (SELECT ${COLUMNS} FROM audit WHERE actor = ? AND ${BEHIND} ${ORDER})
  UNION SELECT * FROM (SELECT ${COLUMNS} FROM audit WHERE subject = ? AND ${BEHIND} ${ORDER})
  ORDER BY createdAt DESC, id DESC LIMIT ?`;

export function listAudit(
  database: EmbeddedDatabase,
  { account, cursor }: Parameters<AccountStore["listAudit"]>[0],
): AuditPage {
  const { createdAt, id } = decodeCursor(cursor) ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
  const asked = ACCOUNT_PAGE_ROWS + 1;
  const range = [createdAt, id, asked];
  const found =
    account === undefined
      ? database.all(auditRow, AUDIT_STATEMENT, ...range)
      : database.all(auditRow, AUDIT_OF_ACCOUNT_STATEMENT, account, ...range, account, ...range, asked);
  const { rows, nextCursor } = pageOf(found, ACCOUNT_PAGE_ROWS);
  return { entries: rows.map(({ createdAt: at, ...entry }) => ({ ...entry, at })), nextCursor };
}

export function pruneAudit(database: EmbeddedDatabase, now: Date): Promise<number> {
  const oldest = now.getTime() - AUDIT_DAYS_KEPT * 86_400_000;
  return untilNone(() =>
    database.run(
      "DELETE FROM audit WHERE seq IN (SELECT seq FROM audit WHERE at < ? LIMIT ?)",
      oldest,
      BATCH_ROWS,
    ),
  );
}

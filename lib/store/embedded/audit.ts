import type { AccountStore, AuditEntry, AuditPage } from "../accounts";
import { decodeCursor, pageOf } from "../cursor";
import { ACCOUNT_PAGE_ROWS, AUDIT_DAYS_KEPT } from "../stored-accounts";
import { auditRow } from "./account-rows";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";

/** Does nothing when the entry exists. */
export function record(database: EmbeddedDatabase, entry: AuditEntry): void {
  database.run(
    `INSERT INTO audit (id, at, action, actor, subject, detail, network, browser) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
    entry.id,
    entry.at.getTime(),
    entry.action,
    entry.actor,
    entry.subject,
    JSON.stringify(entry.detail),
    entry.network,
    entry.browser,
  );
}

export const AUDIT_COLUMNS = "id, at AS createdAt, action, actor, subject, detail, network, browser";
const BEHIND = "(at, id) < (?, ?)";
const ORDER = "ORDER BY at DESC, id DESC LIMIT ?";

/** A statement for each combination of filters. Its values are an account's id, an action, the position, and the number of rows. */
export const AUDIT_STATEMENTS = {
  all: `SELECT ${AUDIT_COLUMNS} FROM audit WHERE ${BEHIND} ${ORDER}`,
  action: `SELECT ${AUDIT_COLUMNS} FROM audit WHERE action = ? AND ${BEHIND} ${ORDER}`,
  account: ofAccount(""),
  accountAndAction: ofAccount("AND action = ?"),
} as const;

/** Takes the newest entries as actor and as subject, each from its own index, and of both the newest. */
function ofAccount(filter: string): string {
  return `
  SELECT * FROM (SELECT ${AUDIT_COLUMNS} FROM audit WHERE actor = ? ${filter} AND ${BEHIND} ${ORDER})
  UNION SELECT * FROM (SELECT ${AUDIT_COLUMNS} FROM audit WHERE subject = ? ${filter} AND ${BEHIND} ${ORDER})
  ORDER BY createdAt DESC, id DESC LIMIT ?`;
}

export function listAudit(
  database: EmbeddedDatabase,
  { account, action, cursor }: Parameters<AccountStore["listAudit"]>[0],
): AuditPage {
  const { createdAt, id } = decodeCursor(cursor) ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
  const asked = ACCOUNT_PAGE_ROWS + 1;
  const range = [...(action === undefined ? [] : [action]), createdAt, id, asked];
  const kind = action === undefined ? "all" : "action";
  const ofOne = action === undefined ? "account" : "accountAndAction";
  const found =
    account === undefined
      ? database.all(auditRow, AUDIT_STATEMENTS[kind], ...range)
      : database.all(auditRow, AUDIT_STATEMENTS[ofOne], account, ...range, account, ...range, asked);
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

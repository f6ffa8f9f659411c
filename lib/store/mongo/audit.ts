import type { AccountStore, AuditEntry, AuditPage } from "../accounts";
import { decodeCursor, pageOf } from "../cursor";
import { ACCOUNT_PAGE_ROWS } from "../stored-accounts";
import { auditEntryOf, auditRowOf } from "./account-rows";
import { AUDIT_OF_ACCOUNT } from "./account-schemas";
import { isDuplicate, type MongoDatabase } from "./database";
import { behind, orderOf } from "./rows";
import type { Models } from "./schemas";

/** Does nothing when the entry exists. */
export async function record(models: Models, entry: AuditEntry): Promise<void> {
  try {
    await models.audit.insertMany([auditRowOf(entry)]);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

export async function listAudit(
  database: MongoDatabase,
  { account, action, cursor }: Parameters<AccountStore["listAudit"]>[0],
): Promise<AuditPage> {
  const filter = {
    ...(account === undefined ? {} : { accounts: account }),
    ...(action === undefined ? {} : { action }),
    ...behind(decodeCursor(cursor)),
  };
  const found = await database.step((models) => {
    const newest = models.audit
      .find(filter)
      .sort({ order: -1 })
      .limit(ACCOUNT_PAGE_ROWS + 1);
    // An account has fewer entries than a kind has.
    return (account === undefined ? newest : newest.hint(AUDIT_OF_ACCOUNT)).lean();
  });
  const entries = found.map(auditEntryOf).map((entry) => ({ ...entry, createdAt: entry.at }));
  const { rows, nextCursor } = pageOf(entries, ACCOUNT_PAGE_ROWS);
  return { entries: rows.map(({ createdAt: _, ...entry }) => entry), nextCursor };
}

export async function pruneAudit(models: Models, before: Date): Promise<void> {
  await models.audit.deleteMany({ order: { $lt: orderOf({ createdAt: before.getTime() }) } });
}

import type { AccountStore, User, UserPage } from "../accounts";
import { decodeCursor, type Position, pageOf } from "../cursor";
import { SLICE_ROWS, type Slice, searchNeedle, searchPage } from "../search";
import { ACCOUNT_PAGE_ROWS } from "../stored-accounts";
import { SELECT_USER, userRow } from "./account-rows";
import type { EmbeddedDatabase } from "./database";
import { amountRow, positionRow } from "./rows";

const ORDER = "ORDER BY users.created_at DESC, users.id DESC";
const BEHIND = "(users.created_at, users.id) < (?, ?)";

/** Sorts before every row of a list. */
const START: Position = { createdAt: Number.MAX_SAFE_INTEGER, id: "" };

export const USER_PAGE_STATEMENT = `${SELECT_USER} WHERE ${BEHIND} ${ORDER} LIMIT ?`;

export async function listUsers(
  database: EmbeddedDatabase,
  { q, cursor }: Parameters<AccountStore["listUsers"]>[0],
): Promise<UserPage> {
  const start = decodeCursor(cursor);
  const needle = searchNeedle(q);
  const { rows, nextCursor } =
    needle === null
      ? pageOf(firstUsers(database, start ?? START), ACCOUNT_PAGE_ROWS)
      : await searchPage(start, ACCOUNT_PAGE_ROWS, async (after, wanted) =>
          slice(database, needle, after ?? START, wanted),
        );
  return { users: rows, nextCursor };
}

function firstUsers(database: EmbeddedDatabase, { createdAt, id }: Position): User[] {
  return database.all(userRow, USER_PAGE_STATEMENT, createdAt, id, ACCOUNT_PAGE_ROWS + 1);
}

/** As for runs: find the end of the slice in the index alone, then search only the texts in it. */
function slice(database: EmbeddedDatabase, needle: string, after: Position, wanted: number): Slice<User> {
  const last = database.get(
    positionRow,
    `SELECT created_at AS createdAt, id FROM users WHERE ${BEHIND} ${ORDER} LIMIT 1 OFFSET ${SLICE_ROWS - 1}`,
    after.createdAt,
    after.id,
  );
  const hits = database.all(
    userRow,
    `${SELECT_USER} WHERE ${BEHIND} AND (users.created_at, users.id) >= (?, ?) AND instr(search, ?) > 0 ${ORDER} LIMIT ?`,
    after.createdAt,
    after.id,
    last?.createdAt ?? 0,
    last?.id ?? "",
    needle,
    wanted,
  );
  return { hits, last, bytes: 0 };
}

export const WAITING_STATEMENT = `
  ${SELECT_USER} WHERE users.waiting = 1 AND users.suspended_at IS NULL ORDER BY users.created_at, users.id LIMIT ?`;

export function listWaiting(database: EmbeddedDatabase): User[] {
  return database.all(userRow, WAITING_STATEMENT, ACCOUNT_PAGE_ROWS);
}

export function countUsers(database: EmbeddedDatabase): number {
  return database.get(amountRow, "SELECT count(*) AS amount FROM users")?.amount ?? 0;
}

import type { AccountStore, User, UserPage } from "../accounts";
import { decodeCursor, type Position, pageOf, positionOf } from "../cursor";
import { SLICE_ROWS, type Slice, searchNeedle, searchPage } from "../search";
import { ACCOUNT_PAGE_ROWS } from "../stored-accounts";
import { userOf } from "./account-rows";
import { WAITING_INDEX } from "./account-schemas";
import type { MongoDatabase } from "./database";
import { behind } from "./rows";
import type { Models } from "./schemas";

export async function listUsers(
  database: MongoDatabase,
  { q, cursor }: Parameters<AccountStore["listUsers"]>[0],
): Promise<UserPage> {
  const start = decodeCursor(cursor);
  const needle = searchNeedle(q);
  const { rows, nextCursor } =
    needle === null
      ? await firstUsers(database, start)
      : await searchPage(start, ACCOUNT_PAGE_ROWS, (after, wanted) =>
          database.step((models) => slice(models, needle, after, wanted)),
        );
  return { users: rows, nextCursor };
}

async function firstUsers(database: MongoDatabase, start: Position | null) {
  const found = await database.step((models) => rowsOf(models, start, ACCOUNT_PAGE_ROWS + 1));
  return pageOf(found.map(userOf), ACCOUNT_PAGE_ROWS);
}

function rowsOf(models: Models, after: Position | null, limit: number) {
  return models.users.find(behind(after)).sort({ order: -1 }).limit(limit).lean();
}

async function slice(
  models: Models,
  needle: string,
  after: Position | null,
  wanted: number,
): Promise<Slice<User>> {
  const rows = await rowsOf(models, after, SLICE_ROWS);
  const hits = rows.filter((row) => row.emailFolded.includes(needle) || row.nameFolded.includes(needle));
  const last = rows.length === SLICE_ROWS ? rows.at(-1) : undefined;
  return {
    hits: hits.slice(0, wanted).map(userOf),
    last: last ? positionOf({ createdAt: last.createdAt, id: last._id }) : null,
    bytes: 0,
  };
}

export async function listWaiting(models: Models): Promise<User[]> {
  const rows = await models.users
    .find({ waiting: true, suspendedAt: null })
    .sort({ order: 1 })
    .limit(ACCOUNT_PAGE_ROWS)
    .hint(WAITING_INDEX)
    .lean();
  return rows.map(userOf);
}

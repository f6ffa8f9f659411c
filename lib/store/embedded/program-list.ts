import { decodeCursor, type Position, pageOf, pageSize } from "../cursor";
import type { ProgramPage, ProgramQuery } from "../programs";
import { rowsInStep, SLICE_ROWS, type Slice, searchNeedle, searchPage } from "../search";
import { byChange } from "../stored-program";
import type { EmbeddedDatabase, SqlValue } from "./database";
import { PROGRAM_COLUMNS, programSummaryRow } from "./program-rows";
import { searchedRow } from "./rows";

const ORDER = "ORDER BY updated_at DESC, id DESC";

type Placed = ReturnType<typeof byChange>;

export const PROGRAM_PAGE_STATEMENT = (condition: string) =>
  `SELECT ${PROGRAM_COLUMNS} FROM programs WHERE ${condition} ${ORDER} LIMIT ?`;

/** Fixed pieces of SQL; values are only ever passed as parameters. */
function conditionOf(owner: string, language: string | undefined, after: Position | null) {
  const parts = ["owner = ?"];
  const values: SqlValue[] = [owner];
  if (language !== undefined) {
    parts.push("language = ?");
    values.push(language);
  }
  if (after) {
    parts.push("(updated_at, id) < (?, ?)");
    values.push(after.createdAt, after.id);
  }
  return { sql: parts.join(" AND "), values };
}

export async function listPrograms(
  database: EmbeddedDatabase,
  owner: string,
  { cursor, limit: wanted, language, q }: ProgramQuery,
): Promise<ProgramPage> {
  const limit = pageSize(wanted);
  const start = decodeCursor(cursor);
  const needle = searchNeedle(q);
  const page =
    needle === null
      ? pageOf(plain(database, owner, language, start, limit), limit)
      : await searchPage(start, limit, async (after, hits) =>
          slice(database, conditionOf(owner, language, after), needle, hits),
        );
  return { programs: page.rows.map(({ program }) => program), nextCursor: page.nextCursor };
}

function plain(
  database: EmbeddedDatabase,
  owner: string,
  language: string | undefined,
  start: Position | null,
  limit: number,
): Placed[] {
  const { sql, values } = conditionOf(owner, language, start);
  return database.all(programSummaryRow, PROGRAM_PAGE_STATEMENT(sql), ...values, limit + 1).map(byChange);
}

/** As for runs: first where the slice ends by the texts' sizes, then a search of only the texts in it. */
function slice(
  database: EmbeddedDatabase,
  { sql, values }: ReturnType<typeof conditionOf>,
  needle: string,
  wanted: number,
): Slice<Placed> {
  const joined = "FROM programs JOIN program_contents ON program = seq";
  const rows = database.all(
    searchedRow,
    `SELECT updated_at AS createdAt, id, octet_length(search) AS bytes ${joined} WHERE ${sql} ${ORDER} LIMIT ${SLICE_ROWS}`,
    ...values,
  );
  const searched = rows.slice(0, rowsInStep(rows.map((row) => row.bytes)));
  const last = searched.length < rows.length || rows.length === SLICE_ROWS ? searched.at(-1) : undefined;
  const end = last ? "AND (updated_at, id) >= (?, ?)" : "";
  const hits = database.all(
    programSummaryRow,
    `SELECT ${PROGRAM_COLUMNS} ${joined} WHERE ${sql} ${end} AND instr(search, ?) > 0 ${ORDER} LIMIT ?`,
    ...values,
    ...(last ? [last.createdAt, last.id] : []),
    needle,
    wanted,
  );
  return {
    hits: hits.map(byChange),
    last: last ? { createdAt: last.createdAt, id: last.id } : null,
    bytes: searched.reduce((sum, row) => sum + row.bytes, 0),
  };
}

import { decodeCursor, type Position, pageOf, pageSize } from "../cursor";
import type { RunPage, RunQuery, RunSummary } from "../index";
import { rowsInStep, SLICE_ROWS, type Slice, searchNeedle, searchPage } from "../search";
import type { EmbeddedDatabase, SqlValue } from "./database";
import { SUMMARY_COLUMNS, searchedRow, summaryRow } from "./rows";

/** A condition built from fixed pieces of SQL; values are only ever passed as parameters. */
interface Filter {
  sql: string;
  values: SqlValue[];
}

const ORDER = "ORDER BY created_at DESC, id DESC";

/** Every combination begins with the owner, so that one of the indexes by owner yields the rows in order. */
export function filterOf(owner: string, query: RunQuery): Filter {
  const parts: Filter[] = [{ sql: "owner = ?", values: [owner] }];
  if (query.language !== undefined) parts.push({ sql: "language = ?", values: [query.language] });
  if (query.status !== undefined) parts.push({ sql: "status = ?", values: [query.status] });
  // A literal: a partial index is only used for a condition that is known when the statement is prepared.
  if (query.pinned !== undefined) parts.push({ sql: query.pinned ? "pinned = 1" : "pinned = 0", values: [] });
  // The index is a partial one, and that the value is none of `NULL` is known from the comparison.
  if (query.program !== undefined) parts.push({ sql: "program = ?", values: [query.program] });
  if (query.from) parts.push({ sql: "created_at >= ?", values: [query.from.getTime()] });
  if (query.to) parts.push({ sql: "created_at < ?", values: [query.to.getTime()] });
  return joined(parts);
}

function joined(parts: readonly Filter[]): Filter {
  return {
    sql: parts.map((part) => part.sql).join(" AND "),
    values: parts.flatMap((part) => part.values),
  };
}

function behind(filter: Filter, position: Position | null): Filter {
  if (!position) return filter;
  const values = [position.createdAt, position.id];
  return joined([filter, { sql: "(created_at, id) < (?, ?)", values }]);
}

export function pageStatement(filter: Filter): string {
  return `SELECT ${SUMMARY_COLUMNS} FROM runs WHERE ${filter.sql} ${ORDER} LIMIT ?`;
}

export async function listRuns(database: EmbeddedDatabase, owner: string, query: RunQuery): Promise<RunPage> {
  const filter = filterOf(owner, query);
  const limit = pageSize(query.limit);
  const start = decodeCursor(query.cursor);
  const needle = searchNeedle(query.q);
  if (needle !== null) {
    const page = await searchPage(start, limit, async (after, wanted) =>
      slice(database, filter, needle, after, wanted),
    );
    return { runs: page.rows, nextCursor: page.nextCursor };
  }
  const range = behind(filter, start);
  const found = database.all(summaryRow, pageStatement(range), ...range.values, limit + 1);
  const { rows: runs, nextCursor } = pageOf(found, limit);
  return { runs, nextCursor };
}

/** Two short steps: find the end of the slice by the texts' sizes, for which they are not read, then search only the texts in it. */
function slice(
  database: EmbeddedDatabase,
  filter: Filter,
  needle: string,
  after: Position | null,
  wanted: number,
): Slice<RunSummary> {
  const start = behind(filter, after);
  const rows = database.all(
    searchedRow,
    `SELECT created_at AS createdAt, id, octet_length(text) AS bytes FROM runs JOIN run_search ON run_search.run = seq
     WHERE ${start.sql} ${ORDER} LIMIT ${SLICE_ROWS}`,
    ...start.values,
  );
  const searched = rows.slice(0, rowsInStep(rows.map((row) => row.bytes)));
  const last = searched.length < rows.length || rows.length === SLICE_ROWS ? searched.at(-1) : undefined;
  const end: Filter = last
    ? { sql: "(created_at, id) >= (?, ?)", values: [last.createdAt, last.id] }
    : { sql: "TRUE", values: [] };
  const within = joined([start, end]);
  const hits = database.all(
    summaryRow,
    `SELECT ${SUMMARY_COLUMNS} FROM runs JOIN run_search ON run_search.run = seq
     WHERE ${within.sql} AND instr(text, ?) > 0 ${ORDER} LIMIT ?`,
    ...within.values,
    needle,
    wanted,
  );
  const bytes = searched.reduce((sum, row) => sum + row.bytes, 0);
  return { hits, last: last ? { createdAt: last.createdAt, id: last.id } : null, bytes };
}

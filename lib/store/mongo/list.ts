import type { QueryFilter } from "mongoose";
import { decodeCursor, type Position, pageOf, pageSize, positionOf } from "../cursor";
import type { RunPage, RunQuery, RunSummary } from "../index";
import { rowsInStep, SLICE_ROWS, type Slice, searchNeedle, searchPage } from "../search";
import type { MongoDatabase } from "./database";
import { orderOf, summaryOf } from "./rows";
import { LIST_INDEXES, type Models, type RunRow } from "./schemas";

const ORDER = { order: -1 } as const;

const FIELDS = {
  titleFolded: 1,
  searchBytes: 1,
  language: 1,
  title: 1,
  preview: 1,
  visibility: 1,
  takedown: 1,
  pinned: 1,
  program: 1,
  status: 1,
  createdAt: 1,
  finishedAt: 1,
  expiresAt: 1,
  durationMs: 1,
  memoryUsed: 1,
  exitCode: 1,
  tests: 1,
} as const;

/**
 * Every single filter has an index that yields its rows in order. With several filters, the index of the most selective one is forced, so
 * that the server never sorts a page or scans the collection.
 */
function indexFor({ pinned, status, language, program }: RunQuery) {
  if (program !== undefined) return LIST_INDEXES.program;
  const given = [pinned, status, language].filter((value) => value !== undefined).length;
  if (given < 2) return pinned === false ? LIST_INDEXES.all : undefined;
  if (pinned) return LIST_INDEXES.pinned;
  return status === undefined ? LIST_INDEXES.language : LIST_INDEXES.status;
}

function filterOf(owner: string, query: RunQuery, after: Position | null): QueryFilter<RunRow> {
  const ends = [
    ...(query.to ? [orderOf({ createdAt: query.to.getTime() })] : []),
    ...(after ? [orderOf(after)] : []),
  ].sort();
  const order = {
    ...(query.from ? { $gte: orderOf({ createdAt: query.from.getTime() }) } : {}),
    ...(ends[0] === undefined ? {} : { $lt: ends[0] }),
  };
  return {
    owner,
    ...(query.language === undefined ? {} : { language: query.language }),
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.program === undefined ? {} : { program: query.program }),
    ...(query.pinned === undefined ? {} : { pinned: query.pinned }),
    ...(Object.keys(order).length === 0 ? {} : { order }),
  };
}

export async function listRuns(database: MongoDatabase, owner: string, query: RunQuery): Promise<RunPage> {
  const limit = pageSize(query.limit);
  const start = decodeCursor(query.cursor);
  const needle = searchNeedle(query.q);
  if (needle !== null) {
    const page = await searchPage(start, limit, (after, wanted) =>
      database.step((models) =>
        slice(models, filterOf(owner, query, after), indexFor(query), needle, wanted),
      ),
    );
    return { runs: page.rows, nextCursor: page.nextCursor };
  }
  const found = await database.step((models) =>
    rowsOf(models, filterOf(owner, query, start), indexFor(query), limit + 1),
  );
  const { rows: runs, nextCursor } = pageOf(found.map(summaryOf), limit);
  return { runs, nextCursor };
}

type ListIndex = ReturnType<typeof indexFor>;

function rowsOf(models: Models, filter: QueryFilter<RunRow>, index: ListIndex, limit: number) {
  const rows = models.runs.find(filter, FIELDS).sort(ORDER).limit(limit);
  return (index ? rows.hint(index) : rows).lean();
}

/** Reads the rows of a slice, then by id which of their requests match. */
async function slice(
  models: Models,
  filter: QueryFilter<RunRow>,
  index: ListIndex,
  needle: string,
  wanted: number,
): Promise<Slice<RunSummary>> {
  const found = await rowsOf(models, filter, index, SLICE_ROWS);
  const rows = found.slice(0, rowsInStep(found.map(({ searchBytes = 0 }) => searchBytes)));
  const matching = await models.requests
    .find({ _id: { $in: rows.map((row) => row._id) }, codeFolded: { $regex: escaped(needle) } }, { _id: 1 })
    .lean();
  const ids = new Set(matching.map((request) => request._id));
  const hits = rows.filter((row) => ids.has(row._id) || row.titleFolded.includes(needle));
  const more = rows.length < found.length || found.length === SLICE_ROWS;
  const last = more ? rows.at(-1) : undefined;
  return {
    hits: hits.slice(0, wanted).map(summaryOf),
    last: last ? positionOf({ createdAt: last.createdAt, id: last._id }) : null,
    bytes: rows.reduce((sum, { searchBytes = 0 }) => sum + searchBytes, 0),
  };
}

/** A regular expression that matches exactly this text. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

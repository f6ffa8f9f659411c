import type { QueryFilter } from "mongoose";
import { decodeCursor, type Position, pageOf, pageSize, positionOf } from "../cursor";
import type { ProgramPage, ProgramQuery } from "../programs";
import { rowsInStep, SLICE_ROWS, type Slice, searchNeedle, searchPage } from "../search";
import { byChange } from "../stored-program";
import type { MongoDatabase } from "./database";
import { escaped } from "./list";
import { programSummaryOf, SUMMARY_FIELDS } from "./program-rows";
import type { ProgramDocument } from "./program-schema";
import { behind } from "./rows";
import type { Models } from "./schemas";

type Placed = ReturnType<typeof byChange>;

/** Either way one of the two indexes of lists yields the rows in order. */
function filterOf(
  owner: string,
  language: string | undefined,
  after: Position | null,
): QueryFilter<ProgramDocument> {
  return { owner, ...(language === undefined ? {} : { language }), ...behind(after) };
}

export async function listPrograms(
  database: MongoDatabase,
  owner: string,
  { cursor, limit: wanted, language, q }: ProgramQuery,
): Promise<ProgramPage> {
  const limit = pageSize(wanted);
  const start = decodeCursor(cursor);
  const needle = searchNeedle(q);
  const page =
    needle === null
      ? pageOf(
          await database.step(async (models) => {
            const rows = await rowsOf(models, filterOf(owner, language, start), limit + 1);
            return rows.map((row) => byChange(programSummaryOf(row)));
          }),
          limit,
        )
      : await searchPage(start, limit, (after, hits) =>
          database.step((models) => slice(models, filterOf(owner, language, after), needle, hits)),
        );
  return { programs: page.rows.map(({ program }) => program), nextCursor: page.nextCursor };
}

function rowsOf(models: Models, filter: QueryFilter<ProgramDocument>, limit: number) {
  return models.programs.find(filter, SUMMARY_FIELDS).sort({ order: -1 }).limit(limit).lean();
}

/** Reads the rows of a slice, then by id which of their codes match. */
async function slice(
  models: Models,
  filter: QueryFilter<ProgramDocument>,
  needle: string,
  wanted: number,
): Promise<Slice<Placed>> {
  const found = await rowsOf(models, filter, SLICE_ROWS);
  const rows = found.slice(0, rowsInStep(found.map(({ searchBytes }) => searchBytes)));
  const matching = await models.programs
    .find({ _id: { $in: rows.map((row) => row._id) }, codeFolded: { $regex: escaped(needle) } }, { _id: 1 })
    .lean();
  const ids = new Set(matching.map((row) => row._id));
  const hits = rows.filter((row) => ids.has(row._id) || row.titleFolded.includes(needle));
  const more = rows.length < found.length || found.length === SLICE_ROWS;
  const last = more ? rows.at(-1) : undefined;
  return {
    hits: hits.slice(0, wanted).map((row) => byChange(programSummaryOf(row))),
    last: last ? positionOf({ createdAt: last.updatedAt, id: last._id }) : null,
    bytes: rows.reduce((sum, { searchBytes }) => sum + searchBytes, 0),
  };
}

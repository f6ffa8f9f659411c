import * as z from "zod";
import { titleSourceSchema } from "../../schemas/program";
import { type ProgramSummary, programBytes, type StoredProgram } from "../programs";
import { fold } from "../search";
import { programShape } from "../stored-program";
import type { ProgramDocument } from "./program-schema";
import { orderOf, type Read } from "./rows";

/** What changes with each revision. */
export function versionOf(program: StoredProgram) {
  const { id, title, titleSource, revision, updatedAt, expiresAt, content } = program;
  return {
    ...{ title, titleSource, revision, updatedAt, expiresAt, content },
    language: content.language,
    titleFolded: fold(title),
    files: content.files.length,
    tests: content.tests.length,
    bytes: programBytes(program),
    order: orderOf({ createdAt: updatedAt.getTime(), id }),
    codeFolded: fold(content.code),
    searchBytes: Buffer.byteLength(content.code),
  } satisfies Partial<ProgramDocument>;
}

export function documentOf(program: StoredProgram): ProgramDocument {
  const { id, owner, plan, createdAt } = program;
  return { _id: id, owner, plan, createdAt, ...versionOf(program) };
}

export const SUMMARY_FIELDS = {
  language: 1,
  title: 1,
  titleFolded: 1,
  titleSource: 1,
  revision: 1,
  files: 1,
  tests: 1,
  bytes: 1,
  createdAt: 1,
  updatedAt: 1,
  expiresAt: 1,
  searchBytes: 1,
} as const;

const summarySchema = z.object({
  _id: z.string(),
  language: z.string(),
  title: z.string(),
  titleSource: titleSourceSchema,
  revision: z.number(),
  files: z.number(),
  tests: z.number(),
  bytes: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
  expiresAt: z.date().nullable(),
});

export function programSummaryOf(row: Read<ProgramDocument>): ProgramSummary {
  const { _id: id, ...summary } = summarySchema.parse(row);
  return { id, ...summary };
}

const wholeSchema = z.object(programShape(z.date())).omit({ id: true });

export function programOf(row: Read<ProgramDocument>): StoredProgram {
  return { id: row._id, ...wholeSchema.parse(row) };
}

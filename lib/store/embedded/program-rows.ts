import * as z from "zod";
import { titleSourceSchema } from "../../schemas/program";
import { programShape } from "../stored-program";
import { unpack } from "./packed";
import { date } from "./rows";

const SUMMARY = {
  id: z.string(),
  language: z.string(),
  title: z.string(),
  titleSource: titleSourceSchema,
  revision: z.number(),
  files: z.number(),
  tests: z.number(),
  bytes: z.number(),
  createdAt: date,
  updatedAt: date,
  expiresAt: date.nullable(),
};
export const programSummaryRow = z.object(SUMMARY);

const COMMON = `id, title, title_source AS titleSource, revision, created_at AS createdAt, updated_at AS updatedAt,
  expires_at AS expiresAt`;
export const PROGRAM_COLUMNS = `${COMMON}, language, files, tests, bytes`;

export const programRow = z
  .looseObject({ content: z.string(), texts: z.instanceof(Uint8Array).nullable() })
  .transform(({ content, texts, ...row }, context): unknown => {
    try {
      return { ...row, content: unpack({ json: content, texts }) };
    } catch {
      context.addIssue({ code: "custom", message: "holds a JSON that cannot be read" });
      return z.NEVER;
    }
  })
  .pipe(z.object(programShape(date)));

export const SELECT_PROGRAMS = `
  SELECT ${COMMON}, owner, plan, content, texts FROM programs JOIN program_contents ON program = seq`;
export const SELECT_PROGRAM = `${SELECT_PROGRAMS} WHERE id = ? AND owner = ?`;

export const programHeadRow = z.object({ seq: z.number(), revision: z.number(), bytes: z.number() });
export const keptProgramsRow = z.object({ programs: z.number(), bytes: z.number() });

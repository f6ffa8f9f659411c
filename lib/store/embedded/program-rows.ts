import * as z from "zod";
import { planIdSchema } from "../../schemas/plan";
import { titleSourceSchema } from "../../schemas/program";
import { storedContentSchema } from "../stored-program";
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

const storedProgramRow = z.object({
  id: z.string(),
  owner: z.string(),
  title: z.string(),
  titleSource: titleSourceSchema,
  revision: z.number(),
  plan: planIdSchema,
  createdAt: date,
  updatedAt: date,
  expiresAt: date.nullable(),
  content: storedContentSchema,
});

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
  .pipe(storedProgramRow);

export const SELECT_PROGRAMS = `
  SELECT ${COMMON}, owner, plan, content, texts FROM programs JOIN program_contents ON program = seq`;
export const SELECT_PROGRAM = `${SELECT_PROGRAMS} WHERE id = ? AND owner = ?`;

export const programHeadRow = z.object({ seq: z.number(), revision: z.number(), bytes: z.number() });
export const keptProgramsRow = z.object({ programs: z.number(), bytes: z.number() });

import * as z from "zod";
import { planIdSchema } from "../schemas/plan";
import { programSchema, titleSourceSchema } from "../schemas/program";
import type { ProgramPage, ProgramStore, ProgramSummary, StoredProgram } from "./programs";
import { searchText } from "./search";

/** Parsed when read, because another version may have written it. Sizes were checked when it came. */
export const storedContentSchema = programSchema.pick({
  language: true,
  options: true,
  code: true,
  files: true,
  stdin: true,
  args: true,
  tests: true,
}) satisfies z.ZodType<StoredProgram["content"]>;

/** What a program is made of, where dates are written in one's own way. */
export function programShape<Moment extends z.ZodType<Date>>(date: Moment) {
  return {
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
  };
}

export function programSearch({ title, content }: Pick<StoredProgram, "title" | "content">): string {
  return searchText(title, content.code);
}

/** The list's order for what `cursor.ts` pages by `createdAt`. */
export function byChange(program: ProgramSummary): { createdAt: Date; id: string; program: ProgramSummary } {
  return { createdAt: program.updatedAt, id: program.id, program };
}

const LIST_ROWS = 100;

/** Programs that are changed meanwhile may come twice or not at all by their place, so those that came are left out. */
export async function* exportPrograms(
  store: Pick<ProgramStore, "list" | "get">,
  owner: string,
): AsyncGenerator<StoredProgram> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: ProgramPage = await store.list(owner, { cursor, limit: LIST_ROWS });
    for (const { id } of page.programs) {
      if (seen.has(id)) continue;
      seen.add(id);
      const program = await store.get(id, owner);
      if (program) yield program;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

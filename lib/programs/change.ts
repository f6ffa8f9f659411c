import { isDeepStrictEqual } from "node:util";
import type { ProgramChange } from "../schemas/program";
import { titleOfCode } from "../schemas/title";
import type { StoredProgram } from "../store/programs";

/** The next revision of a program. A derived title follows the code; an empty one lets it be derived again. */
export function changed(
  program: StoredProgram,
  { title, ...parts }: ProgramChange,
  when: { at: Date; expiresAt: Date | null },
): StoredProgram {
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  const content = { ...program.content, ...given };
  const typed = title === undefined ? program.titleSource === "typed" : title !== "";
  return {
    ...program,
    title: typed ? title || program.title : titleOfCode(content.code),
    titleSource: typed ? "typed" : "derived",
    revision: program.revision + 1,
    updatedAt: when.at,
    expiresAt: when.expiresAt,
    content,
  };
}

/** Whether a revision would say nothing new. */
export function sameProgram(a: StoredProgram, b: StoredProgram): boolean {
  return (
    a.title === b.title &&
    a.titleSource === b.titleSource &&
    isDeepStrictEqual({ ...a.content }, { ...b.content })
  );
}

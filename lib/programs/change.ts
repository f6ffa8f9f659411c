import { isDeepStrictEqual } from "node:util";
import type { ChosenOptions } from "../schemas/language-options";
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
  const { options, ...content } = { ...program.content, ...given };
  const typed = title === undefined ? program.titleSource === "typed" : title !== "";
  return {
    ...program,
    title: typed ? title || program.title : titleOfCode(content.code),
    titleSource: typed ? "typed" : "derived",
    revision: program.revision + 1,
    updatedAt: when.at,
    expiresAt: when.expiresAt,
    content: hasOptions(options) ? { ...content, options } : content,
  };
}

/** None at all is how a program is stored that chose nothing. */
export function hasOptions(options: ChosenOptions | undefined): boolean {
  return options !== undefined && Object.keys(options).length > 0;
}

/** Whether a revision would say nothing new. */
export function sameProgram(a: StoredProgram, b: StoredProgram): boolean {
  return (
    a.title === b.title &&
    a.titleSource === b.titleSource &&
    isDeepStrictEqual({ ...a.content }, { ...b.content })
  );
}

import type { LanguageInfo } from "../schemas/language";
import { type ChosenOptions, flagsOf, resolvedOptions } from "../schemas/language-options";

/**
 * The commands that make and run a program, one a line, as people read them: with the words of every option, and `…` for those that no
 * choice changes. What else a program's files add to them is the server's.
 */
export function shownCommand(
  { commands, options, mainFile }: Pick<LanguageInfo, "commands" | "options" | "mainFile">,
  chosen: ChosenOptions | undefined,
): string {
  const run = commands.run.join(" ");
  if (!commands.compile) return run;
  const words = (of: ChosenOptions | undefined) => {
    const resolved = resolvedOptions(options, of);
    return options.flatMap(({ id }) => flagsOf(options, id, resolved));
  };
  const [program = "", ...rest] = commands.compile;
  const usual = new Set([mainFile, ...words(undefined)]);
  const others = rest.some((word) => !usual.has(word)) ? ["…"] : [];
  return `${[program, ...words(chosen), ...others, mainFile].join(" ")}\n${run}`;
}

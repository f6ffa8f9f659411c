import { resolvedOptions } from "../schemas/language-options";
import type { StageLimits } from "../schemas/run-limits";
import { argvOf, type Language, mainFileOf } from "./language";

/** Commands are only looked at here, so it does not matter for which limits they are made. */
const ANY_LIMITS: StageLimits = { memoryBytes: 128 * 1_048_576, cpus: 1, timeoutMs: 10_000 };

/** The words of a command with another name in place of the main file's usual one. */
export function renamed(
  argv: readonly string[],
  { mainFile }: Pick<Language, "mainFile">,
  chosen: string | undefined,
): readonly string[] {
  return chosen === undefined ? argv : argv.map((word) => (word === mainFile ? chosen : word));
}

/**
 * Why a program of this language cannot be called so, `null` when it can: its command names the file as a word of its own, and what a
 * compiler makes of it is called alike whatever the source is called.
 */
export function mainFileProblem(language: Language, chosen: string, code: string): string | null {
  const { name, mainFile, extension, compile, run } = language;
  if (chosen === mainFileOf(language, code)) return null;
  if (typeof mainFile === "function") return `${name} calls it by what is in it; leave it out`;
  if (!chosen.endsWith(`.${extension}`)) return `${name} needs a name that ends with .${extension}`;
  const context = { limits: ANY_LIMITS, ownImage: true };
  const files = [{ path: chosen, content: code }];
  const options = resolvedOptions(language.options ?? [], undefined);
  const compiled = compile ? argvOf(compile, { ...context, files, options }) : null;
  const takes = compiled
    ? compiled.includes(chosen) && !compiled.includes(mainFile)
    : argvOf(run, context).includes(mainFile);
  return takes ? null : `${name} is always started as ${mainFile} here; leave it out`;
}

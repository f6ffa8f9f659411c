import type { LanguageInfo } from "../schemas/language";

type Named = Pick<LanguageInfo, "name" | "version" | "edition">;

/** A language with what its programs are made with: `C++20 · GCC 14.2`, `TypeScript · Node 20.19`, `Python 3.13`. */
export function languageLabel(language: Named): string {
  const { head, rest } = languageParts(language);
  return `${head}${rest}`;
}

/** The same in two parts, of which the second may be quieter, or left out. */
export function languageParts({ name, version, edition }: Named): { head: string; rest: string } {
  // A version that is a mere number is the language's own.
  return { head: edition ?? name, rest: /^\d/.test(version) ? ` ${version}` : ` · ${version}` };
}

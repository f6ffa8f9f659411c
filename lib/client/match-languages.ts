import type { LanguageInfo } from "../schemas/language";

/** What a language is found by; by its libraries only where they are told. */
export type FoundByName = Pick<LanguageInfo, "id" | "name" | "extension" | "aliases"> & {
  packages?: readonly string[];
};

/** Languages that match the typed text: prefix matches before others. */
export function matchLanguages<L extends FoundByName>(languages: readonly L[], query: string): readonly L[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return languages;
  const names = ({ name, id, extension, aliases, packages = [] }: L) =>
    [name, id, extension, ...aliases, ...packages].map((one) => one.toLowerCase());
  const begins = languages.filter((language) => names(language).some((name) => name.startsWith(wanted)));
  const contains = languages.filter(
    (language) => !begins.includes(language) && names(language).some((name) => name.includes(wanted)),
  );
  return [...begins, ...contains];
}

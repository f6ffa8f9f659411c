import type { LanguageInfo } from "../schemas/language";

/** What a language is found by; by its libraries only where they are told. */
export type FoundByName = Pick<LanguageInfo, "id" | "name" | "extension" | "aliases"> & {
  packages?: readonly string[];
};

/** Languages that match the typed text: those that are called so, then prefix matches, then others; each in the order given. */
export function matchLanguages<L extends FoundByName>(languages: readonly L[], query: string): readonly L[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return languages;
  const ranked = languages.map((language) => ({ language, rank: rankOf(language, wanted) }));
  return [0, 1, 2].flatMap((at) => ranked.filter(({ rank }) => rank === at).map(({ language }) => language));
}

/** 0 is best, 3 is no match. An extension may be several languages', and so may a library: neither names one. */
function rankOf({ name, id, aliases, extension, packages = [] }: FoundByName, wanted: string): number {
  const names = [name, id, ...aliases].map((text) => text.toLowerCase());
  if (names.includes(wanted)) return 0;
  const all = [...names, ...[extension, ...packages].map((text) => text.toLowerCase())];
  if (all.some((text) => text.startsWith(wanted))) return 1;
  return all.some((text) => text.includes(wanted)) ? 2 : 3;
}

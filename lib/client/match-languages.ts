import type { LanguageInfo } from "../schemas/language";

/** Languages that match the typed text: prefix matches before others. */
export function matchLanguages(languages: readonly LanguageInfo[], query: string): readonly LanguageInfo[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return languages;
  const names = (language: LanguageInfo) =>
    [language.name, language.id, language.extension, ...language.aliases].map((name) => name.toLowerCase());
  const begins = languages.filter((language) => names(language).some((name) => name.startsWith(wanted)));
  const contains = languages.filter(
    (language) => !begins.includes(language) && names(language).some((name) => name.includes(wanted)),
  );
  return [...begins, ...contains];
}

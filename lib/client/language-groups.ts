import type { LanguageInfo } from "../schemas/language";
import { matchLanguages } from "./match-languages";
import { MAX_RECENT } from "./recent-languages";

/** A row of the picker. A language can have two, a recent one and its place among all; the key tells them apart. */
export interface LanguageRow {
  key: string;
  language: LanguageInfo;
}

export interface LanguageGroup {
  id: "recent" | "all" | "found";
  /** `null` where it needs no heading. */
  label: string | null;
  rows: readonly LanguageRow[];
}

const byName = new Intl.Collator("en", { sensitivity: "base" });

/** What the picker shows: the recent languages and then all by name, or what matches the typed text. */
export function groupLanguages(
  languages: readonly LanguageInfo[],
  recent: readonly string[],
  query: string,
): readonly LanguageGroup[] {
  if (query.trim() !== "") return group("found", null, matchLanguages(languages, query));
  const known = [...new Set(recent)].flatMap((id) => languages.find((language) => language.id === id) ?? []);
  const all = languages.toSorted((a, b) => byName.compare(a.name, b.name));
  return [...group("recent", "Recent", known.slice(0, MAX_RECENT)), ...group("all", "All languages", all)];
}

/** None where there is nothing in it. */
function group(
  id: LanguageGroup["id"],
  label: LanguageGroup["label"],
  languages: readonly LanguageInfo[],
): readonly LanguageGroup[] {
  if (languages.length === 0) return [];
  return [{ id, label, rows: languages.map((language) => ({ key: `${id}-${language.id}`, language })) }];
}

import { AppError } from "../errors";
import type { Language } from "./language";

/** The languages this server offers, found by id or alias. */
export interface Catalogue {
  readonly all: readonly Language[];
  /** Throws `unknown_language`, naming the nearest known ids. */
  find(name: string): Language;
}

/** `offered` is a list of ids, or `*` for all. Names are kept in a Map, so `constructor` and the like are only unknown. */
export function createCatalogue(languages: readonly Language[], offered: readonly string[] | "*"): Catalogue {
  const all = offered === "*" ? languages : languages.filter((language) => offered.includes(language.id));
  const byName = new Map<string, Language>();
  for (const language of all) {
    for (const name of [language.id, ...language.aliases]) byName.set(name, language);
  }
  return {
    all,
    find(name) {
      const language = byName.get(name) ?? byName.get(name.toLowerCase());
      if (language) return language;
      const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
      throw new AppError(
        "unknown_language",
        `\`language\` is "${shown}", which is not known here. ${nearest(name, all)}`,
        {
          details: [{ path: "language", message: `Unknown language "${shown}".` }],
        },
      );
    },
  };
}

/** The ids that were probably meant, or all of them, as a sentence. */
export function nearest(name: string, languages: readonly Language[]): string {
  const ids = languages.map((language) => language.id);
  const wanted = name.slice(0, 40).toLowerCase();
  const near = languages
    .map((language) => ({
      id: language.id,
      distance: Math.min(...[language.id, ...language.aliases].map((known) => editDistance(wanted, known))),
    }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ id }) => id);
  return near.length > 0 ? `Did you mean ${near.join(", ")}?` : `Use one of: ${ids.join(", ")}.`;
}

/** Levenshtein's distance; inputs are short, so the plain table will do. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

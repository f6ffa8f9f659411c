import { AppError } from "../lib/errors";
import type { Language } from "../lib/languages";
import { createCatalogue, nearest } from "../lib/languages/catalogue";

/** The languages that words of a command line name: `core`, `all`, ids and aliases. Each once, in the order of the picker. */
export function chosenLanguages(words: readonly string[], all: readonly Language[]): Language[] {
  const { find } = createCatalogue(all, "*");
  const named = new Set<Language>();
  for (const word of words) {
    if (word === "all") for (const language of all) named.add(language);
    else if (word === "core") for (const language of all) language.core && named.add(language);
    else named.add(known(word, all, find));
  }
  return all.filter((language) => named.has(language));
}

function known(word: string, all: readonly Language[], find: (name: string) => Language): Language {
  try {
    return find(word);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError("unknown_language", `There is no language "${word}". ${nearest(word, all)}`, {
      cause,
    });
  }
}

/** One language per image: several may share one. */
export function oneForEachImage(
  languages: readonly Language[],
  named: ReadonlyMap<string, string>,
): Language[] {
  const place = ({ id, image }: Language) => named.get(id) ?? image.folder;
  return languages.filter(
    (language, index) => languages.findIndex((other) => place(other) === place(language)) === index,
  );
}

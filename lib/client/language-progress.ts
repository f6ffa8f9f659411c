import type { LanguageInfo } from "../schemas/language";

export type Progress = NonNullable<LanguageInfo["preparing"]>;

/** The languages, and apart from them how far each image is that is being made, by the language's id. */
export interface LanguagesAnswer {
  languages: readonly LanguageInfo[];
  preparing: Readonly<Record<string, Progress>>;
}

/**
 * Takes the progress out of an answer, and keeps what has not changed since the one before: while an image is made the page asks every other
 * second, and the editor must not begin anew each time.
 */
export function apart(
  answer: readonly LanguageInfo[],
  before: readonly LanguageInfo[] | null,
): LanguagesAnswer {
  const preparing: Record<string, Progress> = {};
  const known = new Map(before?.map((language) => [language.id, language]));
  const languages = answer.map(({ preparing: progress, ...language }) => {
    if (progress && !language.ready) preparing[language.id] = progress;
    const old = known.get(language.id);
    return old && JSON.stringify(old) === JSON.stringify(language) ? old : language;
  });
  const same = before?.length === languages.length && languages.every((one, at) => one === before[at]);
  return { languages: same ? before : languages, preparing };
}

/** While nothing is being made: somebody else's run may begin it. */
const NOT_READY_MS = 15_000;
const PREPARING_MS = 2_000;

/** How often a page asks that is about one language: until that is ready. 0 is never. */
export function pollMs(answer: LanguagesAnswer | null, chosen: string | undefined): number {
  if (!answer || chosen === undefined) return 0;
  const { languages, preparing } = answer;
  const language = languages.find(({ id }) => id === chosen) ?? languages[0];
  if (!language || language.ready) return 0;
  return Object.keys(preparing).length > 0 ? PREPARING_MS : NOT_READY_MS;
}

/** What is read out once, and not again with each percent. */
export function preparingTitle({ name }: Pick<LanguageInfo, "name">): string {
  return `Getting ${name} ready`;
}

/** What is said of a language while its image is being made. */
export function preparingText(language: Pick<LanguageInfo, "name">, { message, percent }: Progress): string {
  const what = message.replace(/[\s.…]+$/, "");
  const far = percent === undefined ? "" : `, ${Math.round(percent)} %`;
  return `${preparingTitle(language)}: ${what}${far}. It is done once; you can write meanwhile.`;
}

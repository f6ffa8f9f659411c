import type { LanguageInfo } from "../../schemas/language";

/** A program of several files that says itself, in Bash, how it is compiled and run. */
export const MULTI_FILE_ID = 89;

/**
 * Judge0's numbers of the languages that we have. Where it has several versions of one, ours has all of their numbers: clients send whichever
 * they know.
 */
const JUDGE0_IDS: Readonly<Record<string, readonly number[]>> = {
  nasm: [45],
  bash: [46],
  c: [50, 48, 49],
  csharp: [51],
  cpp: [54, 52, 53],
  commonlisp: [55],
  d: [56],
  elixir: [57],
  erlang: [58],
  fortran: [59],
  go: [60],
  haskell: [61],
  java: [62],
  javascript: [63],
  lua: [64],
  ocaml: [65],
  octave: [66],
  pascal: [67],
  php: [68],
  prolog: [69],
  python: [71],
  ruby: [72],
  rust: [73],
  typescript: [74],
  cobol: [77],
  objectivec: [79],
  r: [80],
  sql: [82],
  swift: [83],
  perl: [85],
  clojure: [86],
};

/** Judge0 counts up from 1; these are far from where it is. */
const FIRST_OWN_ID = 1_000;
const OWN_IDS = 9_000;

/** A language as Judge0's API has it. */
export interface Judge0Language {
  id: number;
  name: string;
  /** What runs it; of a multi-file program that is Bash. */
  language: LanguageInfo;
}

/** The numbers of a language. One that Judge0 does not have gets one of its id, which does not change when others are added. */
export function idsOf(language: string): readonly number[] {
  return JUDGE0_IDS[language] ?? [FIRST_OWN_ID + (hashOf(language) % OWN_IDS)];
}

/** By name, as Judge0 lists them. */
export function judge0Languages(offered: readonly LanguageInfo[]): Judge0Language[] {
  const named = offered.flatMap((language) =>
    idsOf(language.id).map((id) => ({ id, name: `${language.name} (${language.version})`, language })),
  );
  const bash = offered.find(({ id }) => id === "bash");
  const all = bash ? [...named, { id: MULTI_FILE_ID, name: "Multi-file program", language: bash }] : named;
  return all.sort((a, b) => a.name.localeCompare(b.name, "en") || a.id - b.id);
}

export function findLanguage(offered: readonly LanguageInfo[], id: number): Judge0Language | undefined {
  return judge0Languages(offered).find((language) => language.id === id);
}

/** FNV-1a, of 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

import type { LanguageOption } from "../../schemas/language";
import type { ChosenOptions } from "../../schemas/language-options";

/** What Judge0 takes out of both, so that no shell is given anything but words. Here there is no shell, and it is taken out all the same. */
const STRIPPED = /[$&;<>|`]/g;

/** The words of a text, as a shell splits it: by white space, with quotes and backslashes. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  const chars = text.replace(STRIPPED, "");
  for (let at = 0; at < chars.length; at++) {
    const char = chars.charAt(at);
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"' && /["\\]/.test(chars.charAt(at + 1)))
        word += chars.charAt(++at);
      else word += char;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word ??= "";
      if (char === '"' || char === "'") quote = char;
      else if (char === "\\") word += chars.charAt(++at);
      else word += char;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

/**
 * The choices that compiler options stand for, or the first word that stands for none: programs here choose from a closed set. A standard of the
 * language is the one with GNU's extensions, which our compilers are given, whichever of both is said.
 */
export function choicesOf(
  text: string,
  options: readonly LanguageOption[],
): { chosen: ChosenOptions } | { unknown: string } {
  const words = wordsOf(text).map((word) => word.replace(/^-std=c(?=\d|\+\+)/, "-std=gnu"));
  const chosen: Record<string, string> = {};
  const left = new Set(words);
  for (const { id, values } of options) {
    // The value with the most of the words that were said: `-Wall -Wextra` is not `-Wall`.
    const best = values
      .filter(({ flags }) => flags.length > 0 && flags.every((flag) => words.includes(flag)))
      .sort((a, b) => b.flags.length - a.flags.length)[0];
    if (!best) continue;
    chosen[id] = best.id;
    for (const flag of best.flags) left.delete(flag);
  }
  const [unknown] = left;
  return unknown === undefined ? { chosen } : { unknown };
}

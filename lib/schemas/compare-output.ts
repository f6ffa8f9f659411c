import type { Compare } from "./run-test";

/**
 * Whether an output is the expected one. Pure, in time that grows with the length of the texts and no faster, whatever is in
 * them; nothing but the two texts decides.
 *
 * - `exact`: the texts are the same, character for character.
 * - `trimmed`: the lines are the same, but for spaces, tabs, carriage returns, vertical tabs and form feeds at a line's end, and
 *   for lines at the end of the text that have nothing else.
 * - `tolerance`: the words between white space are the same, one after the other, however they are spread over lines; two numbers
 *   are the same when they differ by at most the tolerance, or by at most the tolerance times the size of the expected one.
 */
export function sameOutput(actual: string, expected: string, compare: Compare): boolean {
  if (actual === expected) return true;
  if (compare === "exact") return false;
  if (compare === "trimmed") return sameList(trimmedLines(actual), trimmedLines(expected));
  const { tolerance } = compare;
  return sameList(wordsOf(actual), wordsOf(expected), (a, b) => sameWord(a, b, tolerance));
}

/** The lines of an output that count: a difference of two outputs is a difference of these. */
export function comparedLines(text: string, compare: Compare): string[] {
  if (compare !== "exact") return trimmedLines(text);
  return text === "" ? [] : text.split("\n");
}

/** Whether two lines of `comparedLines` count as the same. */
export function sameLine(actual: string, expected: string, compare: Compare): boolean {
  return typeof compare === "string" ? actual === expected : sameOutput(actual, expected, compare);
}

function sameList(
  actual: readonly string[],
  expected: readonly string[],
  same = (a: string, b: string) => a === b,
): boolean {
  return actual.length === expected.length && actual.every((part, at) => same(part, expected[at] ?? ""));
}

function trimmedLines(text: string): string[] {
  const lines = text.split("\n").map(withoutEnd);
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

const LINE_END = " \t\r\v\f";

/** By hand: a pattern for white space at the end takes quadratic time for a line of white space. */
function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 0 && LINE_END.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

function wordsOf(text: string): string[] {
  return text.split(/[ \t\n\r\v\f]+/).filter((word) => word !== "");
}

/** Never two ways to read the same digits: a long word that is no number must not take long. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const SPECIAL = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i;

function sameWord(actual: string, expected: string, tolerance: number): boolean {
  if (actual === expected) return true;
  const a = numberOf(actual);
  const b = numberOf(expected);
  if (a === null || b === null) return false;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  if (a === b) return true;
  // Infinity is near nothing but itself.
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= Math.max(tolerance, tolerance * Math.abs(b));
}

/** A decimal number as programs print it, `nan` and `inf` in any case; `null` for any other word. */
function numberOf(word: string): number | null {
  if (NUMBER.test(word)) return Number(word);
  const special = SPECIAL.exec(word);
  if (!special) return null;
  if (special[2]) return Number.NaN;
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * The terminal columns of a text, needed where a program goes back in its line and overwrites a part of it. A grapheme
 * cluster (what a reader calls a character) takes one column, a wide one two.
 */

/**
 * Text in which each UTF-16 unit is a column of its own, so that columns are string indices: Latin, Greek, Cyrillic,
 * punctuation, currency, arrows, box drawing, block elements (progress bars) and Braille (spinners).
 */
const ONE_COLUMN_EACH =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff]*$/;

/** Emoji, and Unicode's East Asian Wide and Fullwidth blocks. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18df2}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}])/u;

/** A character that becomes an emoji, thus wide, by the variation selector after it: ❤️, 1️⃣. */
const EMOJI_BY_SELECTOR = /^\p{Emoji}\ufe0f/u;

/** Marks and joiners without a base character. */
const ZERO_WIDTH = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;

/** Longer clusters are split: a program can put any number of marks on one letter. */
const MAX_GRAPHEME = 64;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** By far the most frequent case, and several times faster to test. */
const ASCII = /^[ -~]*$/;

export function isOneColumnEach(text: string): boolean {
  return ASCII.test(text) || ONE_COLUMN_EACH.test(text);
}

/** The grapheme clusters of a text, in order. */
export function* graphemes(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) {
    if (segment.length <= MAX_GRAPHEME) yield segment;
    else for (const codePoint of segment) yield codePoint;
  }
}

/** Columns that a grapheme cluster takes: 0, 1 or 2. */
export function columnsOf(grapheme: string): number {
  if (isOneColumnEach(grapheme)) return 1;
  if (ZERO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI_BY_SELECTOR.test(grapheme) ? 2 : 1;
}

/** The last index up to `limit` at which the text can be cut without splitting a grapheme cluster. */
export function cutPoint(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  if (isOneColumnEach(text.slice(limit - 1, limit + 1))) return limit;
  // Only a window is segmented: segmenting a long text for each cut would take quadratic time.
  const from = Math.max(0, limit - MAX_GRAPHEME);
  const cluster = segmenter.segment(text.slice(from, limit + MAX_GRAPHEME)).containing(limit - from);
  const start = cluster?.index ?? 0;
  if (start > 0 || from === 0) return from + start;
  // The cluster is too long to keep whole; surrogate pairs are still not split.
  return /^[\udc00-\udfff]/.test(text.slice(limit, limit + 1)) ? limit - 1 : limit;
}

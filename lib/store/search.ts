import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { encodeCursor, type Page, type Placed, type Position, pageOf } from "./cursor";

/** Rows searched in one step. The embedded database runs in our thread and must not block it for long. */
export const SLICE_ROWS = 500;
/** Text searched in one step: a megabyte takes about 7 ms. A single text that is larger is a step of its own. */
export const SLICE_BYTES = 1_048_576;
/** What is searched for one page; an owner of a million runs, or of large ones, gets the rest with the following pages. */
const PAGE_ROWS = 20_000;
const PAGE_BYTES = 4 * SLICE_BYTES;

/** Separates the two searched texts, so that nothing matches across both. */
const SEPARATOR = "\u001f";

/** Text in the form it is compared in: composed and in lower case. Without NUL, at which SQLite ends a text. */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("\0", "").replaceAll(SEPARATOR, "");
}

/** The stored text that is searched, of two texts such as title and code. */
export function searchText(first: string | null, second: string): string {
  return `${fold(first ?? "")}${SEPARATOR}${fold(second)}`;
}

/** The substring to look for in a `searchText`; `null` when everything matches. */
export function searchNeedle(q: string | undefined): string | null {
  return (q === undefined ? "" : fold(q)) || null;
}

export interface Slice<Row> {
  /** Matching rows in the list's order, at most as many as wanted. */
  hits: Row[];
  /** The last row that was searched; `null` when no rows follow. */
  last: Position | null;
  /** How much text was searched; 0 where texts are short. */
  bytes: number;
}

/** The first so many of these sizes that are together not more than a step may search, but at least one. */
export function rowsInStep(sizes: readonly number[]): number {
  let sum = 0;
  const tooFar = sizes.findIndex((bytes) => {
    sum += bytes;
    return sum > SLICE_BYTES;
  });
  return tooFar < 0 ? sizes.length : Math.max(1, tooFar);
}

/** Searches slice after slice from `start` until the page is full, or the rows or the budget are exhausted. */
export async function searchPage<Row extends Placed>(
  start: Position | null,
  limit: number,
  nextSlice: (after: Position | null, wanted: number) => Promise<Slice<Row>>,
): Promise<Page<Row>> {
  const found: Row[] = [];
  let after = start;
  let bytes = 0;
  for (let rows = 0; rows < PAGE_ROWS && bytes < PAGE_BYTES; rows += SLICE_ROWS) {
    const { hits, last, bytes: searched } = await nextSlice(after, limit + 1 - found.length);
    found.push(...hits);
    if (found.length > limit || !last) return pageOf(found, limit);
    after = last;
    bytes += searched;
    await yieldToEventLoop();
  }
  return { rows: found, nextCursor: after && encodeCursor(after) };
}

import { setImmediate as yieldToOthers } from "node:timers/promises";
import { encodeCursor, type Page, type Placed, type Position, pageOf } from "./cursor";

/** Rows looked through at once. A database that runs in our own thread must not hold it for long. */
export const SLICE_ROWS = 500;
/** Rows looked through for one page; an owner of a million runs gets the rest with the next pages. */
const PAGE_BUDGET = 20_000;

/** Between the two searched texts, so that nothing matches across the two. */
const BORDER = "\u001f";

/** Text as it is compared: composed, in lower case. NUL is left out because SQLite ends a text there. */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("\0", "").replaceAll(BORDER, "");
}

/** What is kept for searching, of a title and a code; or of two other texts. */
export function searchText(first: string | null, second: string): string {
  return `${fold(first ?? "")}${BORDER}${fold(second)}`;
}

/** What to look for in a `searchText`, as a plain substring; `null` when everything matches. */
export function searchNeedle(q: string | undefined): string | null {
  return (q === undefined ? "" : fold(q)) || null;
}

export interface Slice<Row> {
  /** At most as many matching rows as wanted, in the list's order. */
  hits: Row[];
  /** The last row looked through; `null` when there are no more rows behind. */
  last: Position | null;
}

/** Looks through slices after `start` until the page is full, the rows or the budget are at their end. */
export async function searchPage<Row extends Placed>(
  start: Position | null,
  limit: number,
  nextSlice: (after: Position | null, wanted: number) => Promise<Slice<Row>>,
): Promise<Page<Row>> {
  const found: Row[] = [];
  let after = start;
  for (let looked = 0; looked < PAGE_BUDGET; looked += SLICE_ROWS) {
    const { hits, last } = await nextSlice(after, limit + 1 - found.length);
    found.push(...hits);
    if (found.length > limit || !last) return pageOf(found, limit);
    after = last;
    await yieldToOthers();
  }
  return { rows: found, nextCursor: after && encodeCursor(after) };
}

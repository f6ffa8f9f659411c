import { setImmediate as yieldToEventLoop } from "node:timers/promises";

/** Rows changed per transaction of a long job, some ten milliseconds; requests are served between the transactions. */
export const BATCH_ROWS = 50;
/** Most that one transaction deletes: what is deleted is overwritten, and so takes as much room in the log before any is given back. */
export const BATCH_BYTES = 8 * 1_048_576;

/** Repeats a step until it changes no more rows; returns the total. */
export async function untilNone(step: () => number): Promise<number> {
  let total = 0;
  for (let changed = step(); changed > 0; changed = step()) {
    total += changed;
    await yieldToEventLoop();
  }
  return total;
}

/** The first rows that together have at least `bytes`, or all; never none of some. */
export function upTo<Row extends { bytes: number }>(rows: readonly Row[], bytes: number): Row[] {
  let sum = 0;
  const end = rows.findIndex((row) => {
    sum += row.bytes;
    return sum >= bytes;
  });
  return end < 0 ? [...rows] : rows.slice(0, end + 1);
}

import { setImmediate as yieldToEventLoop } from "node:timers/promises";

/** Rows changed per transaction of a long job, some ten milliseconds; requests are served between the transactions. */
export const BATCH_ROWS = 50;

/** Repeats a step until it changes no more rows; returns the total. */
export async function untilNone(step: () => number): Promise<number> {
  let total = 0;
  for (let changed = step(); changed > 0; changed = step()) {
    total += changed;
    await yieldToEventLoop();
  }
  return total;
}

import { setImmediate as yieldToOthers } from "node:timers/promises";

/** Rows changed in one transaction of a long job, between which others get their turn: some ten milliseconds. */
export const BATCH_ROWS = 50;

/** Repeats a step that answers how many rows it changed until it finds none; answers how many they were in all. */
export async function untilNone(step: () => number): Promise<number> {
  let total = 0;
  for (let changed = step(); changed > 0; changed = step()) {
    total += changed;
    await yieldToOthers();
  }
  return total;
}

import { randomInt } from "node:crypto";

/** User ids of sandboxes: far from any real user's, and enough that living sandboxes need not share one. */
const FIRST = 2_000_000_000;
const COUNT = 60_000_000;
const inUse = new Set<number>();

/**
 * A user id that no living sandbox of this process has. The kernel counts some limits by user (pipes, keys, signals), so
 * sandboxes with the same id could use up each other's.
 */
export function takeUserId(): number {
  for (;;) {
    const id = FIRST + randomInt(COUNT);
    if (inUse.has(id)) continue;
    inUse.add(id);
    return id;
  }
}

export function returnUserId(id: number): void {
  inUse.delete(id);
}

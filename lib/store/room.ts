import { AppError } from "../errors";

const MB = 1_048_576;

/**
 * Below this much free space no more runs are taken. What was accepted before can then still end and, above all, runs can still be deleted,
 * which takes space before it gives any: a twentieth of the whole, at least as much as the two largest runs, at most 512 MB.
 */
export function reserveBytes(totalBytes: number): number {
  return Math.min(512 * MB, Math.max(16 * MB, totalBytes / 20));
}

/** How much room the database has; `null` where it cannot be told. */
export interface Room {
  totalBytes: number;
  freeBytes: number;
}

export function isLow(room: Room | null): boolean {
  return room !== null && room.freeBytes < reserveBytes(room.totalBytes);
}

/** Of the disk and the operator's own limit, whichever leaves less. */
export function tighter(
  disk: Room | null,
  limitBytes: number | undefined,
  usedBytes: () => number,
): Room | null {
  if (limitBytes === undefined) return disk;
  const limited = { totalBytes: limitBytes, freeBytes: Math.max(0, limitBytes - usedBytes()) };
  if (!disk) return limited;
  const left = (room: Room) => room.freeBytes - reserveBytes(room.totalBytes);
  return left(disk) < left(limited) ? disk : limited;
}

/** What who wants to run something is told. */
export function storeFull(cause?: unknown): AppError {
  return new AppError(
    "store_full",
    "There is no room to keep another run. Delete runs that are no longer needed (Delete all is in the settings), or ask whoever runs this Quicksand to make room; what is kept can be read and deleted meanwhile.",
    { retryAfterS: 60, cause },
  );
}

/** What health says. */
export function lowRoomWords({ freeBytes, totalBytes }: Room): string {
  const [free, reserve] = [freeBytes, reserveBytes(totalBytes)].map((bytes) => Math.floor(bytes / MB));
  return `The database has ${free} MB of room left and a reserve of ${reserve} MB, so no runs are taken: delete runs, lower \`storedBytesInAll\` of the plans, or give it more room.`;
}

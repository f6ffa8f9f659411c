import { randomFillSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isLow, type Room, reserveBytes, tighter } from "../room";

/** More than deleting the largest run takes in the log before it gives any room. */
const HELD_BYTES = 12 * 1_048_576;
/** The file is made when there is less than so many times the reserve: on most machines never. */
const HELD_BELOW = 4;

/**
 * Room on the disk of the data directory. Other programs fill disks too, and a database that cannot write cannot delete either; so when
 * room becomes scarce, a file holds some of it, which is given up to delete.
 */
export class DiskRoom {
  readonly #directory: string;
  readonly #file: string;
  readonly #limitBytes: number | undefined;
  readonly #unusedBytes: () => number;
  #heldBytes: number;

  /** `unusedBytes`: what of the database's file is used again before it grows. */
  constructor(directory: string, limitBytes: number | undefined, unusedBytes: () => number) {
    this.#directory = directory;
    this.#unusedBytes = unusedBytes;
    this.#limitBytes = limitBytes;
    this.#file = path.join(directory, "quicksand.reserve");
    this.#heldBytes = sizeOf(this.#file);
    this.look();
  }

  /** The room there is now. Asked for every run: a few microseconds. */
  look(): Room | null {
    const room = tighter(this.ofDisk(), this.#limitBytes, () => this.#usedBytes());
    if (room && this.#heldBytes === 0 && room.freeBytes < HELD_BELOW * reserveBytes(room.totalBytes))
      this.#hold(room);
    return room;
  }

  isLow(): boolean {
    return isLow(this.look());
  }

  /** Gives up what is held; `false` when nothing is. */
  giveUp(): boolean {
    if (this.#heldBytes === 0) return false;
    fs.rmSync(this.#file, { force: true });
    this.#heldBytes = 0;
    return true;
  }

  #hold({ freeBytes, totalBytes }: Room): void {
    // Not at the cost of what is needed now.
    if (freeBytes < reserveBytes(totalBytes)) return;
    try {
      // Random, because some file systems take no room for zeros.
      fs.writeFileSync(this.#file, randomFillSync(Buffer.alloc(HELD_BYTES)), { mode: 0o600 });
    } catch {
      fs.rmSync(this.#file, { force: true });
    }
    this.#heldBytes = sizeOf(this.#file);
  }

  /** Without the operator's limit. */
  ofDisk(): Room | null {
    try {
      const { bavail, blocks, bsize } = fs.statfsSync(this.#directory);
      return { totalBytes: blocks * bsize, freeBytes: bavail * bsize + this.#heldBytes };
    } catch {
      return null;
    }
  }

  #usedBytes(): number {
    const files = ["quicksand.db", "quicksand.db-wal"].map((name) =>
      sizeOf(path.join(this.#directory, name)),
    );
    return files.reduce((sum, bytes) => sum + bytes, -this.#unusedBytes());
  }
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

import fs from "node:fs";
import { promisify } from "node:util";

const fdatasync = promisify(fs.fdatasync);

interface Waiting {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Brings what is committed in SQLite's log to the disk, on a thread of Node's: with `synchronous = FULL` the commit itself would wait for it, and the
 * event loop with that. The log is written in order, and SQLite takes nothing out of it before it is on disk elsewhere, so after a sync
 * everything that was committed before is durable. A file of the log may be opened and closed beside SQLite, whose locks are on the other two.
 */
export class LogSync {
  readonly #descriptor: number;
  readonly #waiting: Waiting[] = [];
  #underway = false;
  #closed = false;

  /** `file` is the log, which has to be there. */
  constructor(file: string) {
    this.#descriptor = fs.openSync(file, "r+");
  }

  /** Resolves when everything that is committed by now is on disk; rejects when the disk refuses. Those that ask while one is under way share the next. */
  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#underway) void this.#syncAll();
    });
  }

  /** Syncs at once, for those that wait too, and lets go of the log. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const waiting = this.#waiting.splice(0);
    try {
      fs.fdatasyncSync(this.#descriptor);
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
    if (!this.#underway) fs.closeSync(this.#descriptor);
  }

  async #syncAll(): Promise<void> {
    this.#underway = true;
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting.splice(0);
      try {
        await fdatasync(this.#descriptor);
        for (const { resolve } of waiting) resolve();
      } catch (error) {
        for (const { reject } of waiting) reject(error);
      }
    }
    this.#underway = false;
    if (this.#closed) fs.closeSync(this.#descriptor);
  }
}

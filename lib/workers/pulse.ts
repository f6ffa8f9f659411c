import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** How often it is written while nothing changes. `bin/health.mjs` takes a worker for hung after four times that. */
const EVERY_MS = 5_000;

export interface PulseState {
  /** Why it takes no runs; `null` while it does. */
  problem: string | null;
}

/**
 * How a worker tells whoever looks after its container how it is: it has no port to be asked at. `bin/health.mjs` reads the file, which is one for
 * each host, since containers may share a data directory.
 */
export class Pulse {
  readonly #file: string;
  #written: { problem: string | null; atMs: number } | undefined;

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, "workers", `${os.hostname()}.json`);
  }

  /** Whole or not at all, for a reader. Rejects when the data directory cannot be written. */
  async beat({ problem }: PulseState): Promise<void> {
    const now = performance.now();
    const last = this.#written;
    if (last && last.problem === problem && now - last.atMs < EVERY_MS) return;
    this.#written = { problem, atMs: now };
    await mkdir(path.dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${process.pid}`;
    await writeFile(draft, JSON.stringify({ at: new Date().toISOString(), problem }));
    await rename(draft, this.#file);
  }

  async end(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createOnce } from "./create-once";
import { processStart } from "./process-start";

/** How often a process that waits looks whether it is its turn, and how often the one at work says how far it is. */
const LOOK_EVERY_MS = 250;

/**
 * Does a piece of work that several processes of this machine may want at the same time: one of them is at it, the others wait for it and
 * then have their turn. `work` therefore begins by looking whether anything is left to do. What it reports reaches `onProgress` in all of
 * them; its value must be JSON. A process that dies at work is no obstacle.
 *
 * `claim` is the path of a file that stands for the work; its folder is made.
 */
export async function inOneProcess<Progress, T>(
  claim: string,
  onProgress: (progress: Progress) => void,
  work: (report: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  await mkdir(/* turbopackIgnore: true */ path.dirname(claim), { recursive: true });
  while (!(await createOnce(claim, JSON.stringify(thisProcess())))) await wait(claim, onProgress);
  const news = new News<Progress>(`${claim}.progress`);
  try {
    return await work((progress) => {
      onProgress(progress);
      news.publish(progress);
    });
  } finally {
    await news.end();
    await rm(claim, { force: true });
  }
}

/** Resolves when whoever has the claim has given it up, or has died with it. */
async function wait<Progress>(claim: string, onProgress: (progress: Progress) => void): Promise<void> {
  let last = "";
  for (;;) {
    const holder = await read(claim);
    if (holder === null) return;
    if (!lives(holder)) return rm(claim, { force: true });
    const progress = await read(`${claim}.progress`);
    if (progress !== null && progress !== last) {
      last = progress;
      const parsed = parse(progress) as Progress | null;
      if (parsed !== null) onProgress(parsed);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

interface Holder {
  host: string;
  pid: number;
  started: string | null;
}

function thisProcess(): Holder {
  return { host: os.hostname(), pid: process.pid, started: processStart(process.pid) };
}

/** One of another host counts as dead: its processes cannot be looked up, and work that is done twice does no harm. */
function lives(text: string): boolean {
  const holder = parse(text) as Holder | null;
  if (holder === null || holder.host !== os.hostname()) return false;
  if (holder.started !== null) return processStart(holder.pid) === holder.started;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Writes the newest progress to a file, a few times a second at most. */
class News<Progress> {
  readonly #file: string;
  #newest: Progress | undefined;
  #writing: Promise<void> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  publish(progress: Progress): void {
    this.#newest = progress;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** When nothing is written any more, and the file is gone. */
  async end(): Promise<void> {
    this.#newest = undefined;
    await this.#writing;
    await rm(this.#file, { force: true });
  }

  async #write(): Promise<void> {
    while (this.#newest !== undefined) {
      const text = JSON.stringify(this.#newest);
      this.#newest = undefined;
      // It only informs: a full disk must not stop the work.
      await writeFile(/* turbopackIgnore: true */ this.#file, text).catch(() => {});
      await sleep(LOOK_EVERY_MS);
    }
  }
}

async function read(file: string): Promise<string | null> {
  try {
    return await readFile(/* turbopackIgnore: true */ file, "utf8");
  } catch {
    return null;
  }
}

/** `null` for a text that is being written. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import fs from "node:fs";
import { run } from "./child.mjs";
import { SetupProblem } from "./problem.mjs";

/**
 * Makes the images of these languages (`core`, `all`, or ids) where they are missing. The work is TypeScript of the product's own, so it
 * runs in a child that has tsx; it speaks in lines of JSON.
 */
export class ImageMaker {
  #terminal;
  #root;
  /** Names of languages whose image is still to be made; `undefined` until that is known. @type {Set<string> | undefined} */
  #missing;
  #whenKnown = () => {};
  #known = new Promise((resolve) => {
    this.#whenKnown = resolve;
  });
  #stop = new AbortController();

  constructor(terminal, root) {
    this.#terminal = terminal;
    this.#root = root;
  }

  /** Names of the languages that still wait for their image, as soon as that is known. @returns {Promise<string[]>} */
  async missing() {
    await this.#known;
    return [...(this.#missing ?? [])];
  }

  /**
   * `base` is a tar of their base that was made ahead; it is removed at the end.
   * @returns {Promise<{ made: string[], failed: { name: string, message: string }[] }>}
   */
  async make(which, base) {
    const made = [];
    const failed = [];
    const steps = new Map();
    const onEvent = ({ type, name, names, message, percent }) => {
      if (type === "missing") {
        this.#missing = new Set(names);
        this.#whenKnown();
      }
      if (type === "progress") this.#stepOf(steps, name).report(message, percent);
      if (type === "made" || type === "failed") this.#missing?.delete(name);
      if (type === "made") {
        made.push(name);
        this.#stepOf(steps, name).done();
      }
      if (type === "failed") {
        failed.push({ name, message });
        this.#stepOf(steps, name).failed();
      }
    };
    const args = [...(base ? ["--base", base] : []), ...which];
    try {
      await run(process.execPath, ["--import", "tsx", "bin/make-images.ts", ...args], {
        cwd: this.#root,
        // Ctrl+C in a terminal is for us, who end it when the app has ended.
        detached: true,
        signal: this.#stop.signal,
        onLine(line) {
          const event = parseEvent(line);
          if (event) onEvent(event);
          return !event;
        },
      });
    } finally {
      this.#whenKnown();
      for (const step of steps.values()) step.failed();
      if (base) fs.rmSync(base, { force: true });
    }
    return { made, failed };
  }

  /** Ends the work, where it is still going on; an image that is half made is not there. */
  stop() {
    this.#stop.abort();
  }

  get stopped() {
    return this.#stop.signal.aborted;
  }

  /** The step of the terminal that shows one image; each begins with its first news. */
  #stepOf(steps, name) {
    const there = steps.get(name);
    if (there) return there;
    const step = {};
    const shown = this.#terminal.step(`${name} image`, (report) => {
      step.report = report;
      return new Promise((resolve, reject) => {
        step.done = resolve;
        step.failed = () => reject(new Error("It could not be made."));
      });
    });
    // Its failure is told by who asked for the images.
    shown.catch(() => {});
    steps.set(name, step);
    return step;
  }
}

/** One error for all images that could not be made. */
export function imagesProblem(failed) {
  return new SetupProblem(`${failed.length} image(s) could not be made.`, {
    remedy: failed.map(({ name, message }) => `${name}: ${message}`),
  });
}

export function parseEvent(line) {
  if (!line.startsWith("{")) return undefined;
  try {
    const event = JSON.parse(line);
    return typeof event.type === "string" ? event : undefined;
  } catch {
    return undefined;
  }
}

import fs from "node:fs";
import { run } from "./child.mjs";
import { explain, SetupProblem } from "./problem.mjs";

/**
 * Builds or pulls missing language images in a child process, because that code is the product's own TypeScript and needs tsx. The child
 * reports in lines of JSON.
 */
export class ImageMaker {
  #terminal;
  #root;
  /** Names of the languages whose image is missing; `undefined` until that is known. @type {Set<string> | undefined} */
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

  /** Resolves with the names of the languages whose image is missing, as soon as that is known. @returns {Promise<string[]>} */
  async missing() {
    await this.#known;
    return [...(this.#missing ?? [])];
  }

  /**
   * `which` is `core`, `all`, or ids of languages; `base` is a tar of the base image that was built in advance, and is removed at the end;
   * with `rebuild`, existing images are built again; with `sum`, `bytes` is the size of all our images on disk.
   * @param {readonly string[]} which
   * @param {{ base?: string, rebuild?: boolean, sum?: boolean }} [options]
   * @returns {Promise<{ made: { name: string, ms: number, bytes: number | null }[], failed: { name: string, message: string }[],
   *   bytes: number | null }>}
   */
  async make(which, { base, rebuild = false, sum = false } = {}) {
    const made = [];
    const failed = [];
    let refusal;
    let total = null;
    const steps = new Map();
    const onEvent = ({ type, name, names, message, percent, ms, bytes }) => {
      if (type === "refused") refusal = message;
      if (type === "sum") total = bytes;
      if (type === "missing") {
        this.#missing = new Set(names);
        this.#whenKnown();
      }
      if (type === "progress") this.#stepOf(steps, name).report(message, percent);
      if (type === "made" || type === "failed") this.#missing?.delete(name);
      if (type === "made") {
        made.push({ name, ms, bytes });
        this.#stepOf(steps, name).done();
      }
      if (type === "failed") {
        failed.push({ name, message });
        this.#stepOf(steps, name).failed();
      }
    };
    const args = [
      ...(base ? ["--base", base] : []),
      ...(rebuild ? ["--rebuild"] : []),
      ...(sum ? ["--sum"] : []),
      ...which,
    ];
    try {
      await run(process.execPath, ["--import", "tsx", "bin/make-images.ts", ...args], {
        cwd: this.#root,
        // Its own process group: on Ctrl+C we stop it ourselves, after the app has ended.
        detached: true,
        signal: this.#stop.signal,
        onLine(line) {
          const event = parseEvent(line);
          if (event) onEvent(event);
          return !event;
        },
      });
    } catch (error) {
      throw refusal === undefined ? error : new SetupProblem(refusal, { cause: error });
    } finally {
      this.#whenKnown();
      for (const step of steps.values()) step.failed();
      if (base) fs.rmSync(base, { force: true });
    }
    return { made, failed, bytes: total };
  }

  /** Stops the work. An unfinished image is discarded by the engine. */
  stop() {
    this.#stop.abort();
  }

  get stopped() {
    return this.#stop.signal.aborted;
  }

  /** The progress of one image in the terminal, started by its first event. */
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
    // The caller of `make` reports failures.
    shown.catch(() => {});
    steps.set(name, step);
    return step;
  }
}

/** A failed image is only reported: the other languages work, and the first run in this one tries again. */
export async function makeCoreImages(terminal, maker, base) {
  try {
    const { failed } = await maker.make(["core"], { base });
    for (const { name, message } of failed) terminal.error(`! ${name} is not available yet: ${message}`);
  } catch (error) {
    if (!maker.stopped) terminal.error(`! The languages' images are not made: ${explain(error)}`);
  }
}

/** Said when it is up: which languages wait for their image. */
export function explainMissing(terminal, names) {
  if (names.length === 0) return;
  terminal.line(
    `Still being made: ${names.join(", ")}. A run in one of them waits for its image, and says so.`,
  );
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

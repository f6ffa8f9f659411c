import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { isTimeout, statusCode } from "../docker";
import type { Engine } from "../engine";

const ATTEMPTS = 3;
const PAUSE_MS = 100;
/** How long a removal that the engine says is in progress is waited for: on a busy machine it takes seconds. */
const IN_PROGRESS_MS = 5_000;

/**
 * The removal of one container. Calls meanwhile, and after it is gone, share one; after an attempt that failed since the engine was away, another
 * call tries again.
 */
export class Removal {
  readonly #engine: Engine;
  readonly #container: Docker.Container;
  #attempt: Promise<boolean> | null = null;

  constructor(engine: Engine, container: Docker.Container) {
    this.#engine = engine;
    this.#container = container;
  }

  /** `false` when it cannot be removed now; a later process finds it by its labels. `before` is awaited first, and `onGone` called once. */
  async run(before: () => Promise<unknown>, onGone: () => void): Promise<boolean> {
    this.#attempt ??= this.#remove(before).then((gone) => {
      if (gone) onGone();
      return gone;
    });
    const gone = await this.#attempt;
    if (!gone) this.#attempt = null;
    return gone;
  }

  async #remove(before: () => Promise<unknown>): Promise<boolean> {
    await before();
    const busyUntil = performance.now() + IN_PROGRESS_MS;
    for (let attempt = 1, failures = 0; failures < ATTEMPTS; attempt++) {
      try {
        await this.#engine.measure("remove", (abortSignal) =>
          this.#container.remove({ force: true, v: true, abortSignal }),
        );
        return true;
      } catch (cause) {
        if (statusCode(cause) === 404) return true;
        if (isTimeout(cause)) return false;
        // A connection that broke off says nothing of the engine, which may be there again, or still.
        // 409: "removal already in progress", which Docker also says of a removal that has failed and must be repeated.
        const isBusy = statusCode(cause) === 409 && performance.now() < busyUntil;
        if (!isBusy) failures++;
        await sleep(PAUSE_MS * attempt);
      }
    }
    return false;
  }
}

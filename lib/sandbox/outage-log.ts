import type { Logger } from "../log";
import { dockerError } from "./docker";

/** Logs what fails in the background once for each outage of the engine, not every second while it lasts. */
export class OutageLog {
  readonly #log: Logger;
  #up = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  answered(): void {
    this.#up = true;
  }

  failed(cause: unknown): void {
    const error = dockerError(cause);
    if (this.#up) this.#log.warn({ err: error, cause: error.cause }, "sandboxes cannot be made in advance");
    this.#up = false;
  }
}

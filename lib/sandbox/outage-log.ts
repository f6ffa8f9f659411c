import type { Logger } from "../log";
import { dockerError } from "./docker";

/** Logs background failures once for each outage of the engine and each reason, instead of at every attempt. */
export class OutageLog {
  readonly #log: Logger;
  /** The reason that was logged last, until the engine answers again. */
  #logged: string | null = null;

  constructor(log: Logger) {
    this.#log = log;
  }

  answered(): void {
    this.#logged = null;
  }

  failed(cause: unknown): void {
    const error = dockerError(cause);
    if (error.message !== this.#logged)
      this.#log.warn({ err: error, cause: error.cause }, "sandboxes cannot be made in advance");
    this.#logged = error.message;
  }
}

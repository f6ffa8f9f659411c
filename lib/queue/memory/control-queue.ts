import { MAX_STDIN_BYTES } from "../../schemas/limits";
import { utf8Bytes } from "../../schemas/text";
import type { ProgramControl } from "..";
import { inputEnded, inputTooLarge, runEnded } from "../refusals";

/** What is said to one program, buffered until its reader takes it. */
export class ControlQueue {
  #controls: ProgramControl[] = [];
  #unreadBytes = 0;
  #inputEnded = false;
  #closed = false;
  #wakeReader: () => void = () => {};

  /** Throws `conflict` or `body_too_large`, as `Channel.send` does. */
  push(control: ProgramControl): void {
    if (this.#closed) throw runEnded();
    if (control.type !== "resize" && this.#inputEnded) throw inputEnded();
    if (control.type === "input") {
      const unreadBytes = this.#unreadBytes + utf8Bytes(control.text);
      if (unreadBytes > MAX_STDIN_BYTES) throw inputTooLarge(unreadBytes);
      this.#unreadBytes = unreadBytes;
    }
    if (control.type === "end") this.#inputEnded = true;
    this.#controls.push(control);
    this.#wakeReader();
  }

  /** There is no reader any more. */
  close(): void {
    this.#closed = true;
    this.#controls = [];
    this.#wakeReader();
  }

  /** For the one reader. Stopping (`return`) takes effect at once, also while waiting. */
  read(): AsyncIterableIterator<ProgramControl> {
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        for (;;) {
          const control = this.#controls.shift();
          if (control) {
            if (control.type === "input") this.#unreadBytes -= utf8Bytes(control.text);
            return { done: false, value: control };
          }
          if (this.#closed) return { done: true, value: undefined };
          await new Promise<void>((resolve) => {
            this.#wakeReader = resolve;
          });
        }
      },
      return: async () => {
        this.close();
        return { done: true, value: undefined };
      },
    };
  }
}

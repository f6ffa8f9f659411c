import { MAX_STDIN_BYTES } from "../../schemas/limits";
import { utf8Bytes } from "../../schemas/text";
import type { ProgramControl } from "..";
import { inputEnded, inputTooLarge, runEnded, tooManyCommands } from "../refusals";

/** Input that nobody has read yet is joined up to this length: a million keys are not a million objects. */
const JOINED_CHARS = 4_096;

/** Sizes and signals that nobody has read yet. */
const MAX_COMMANDS = 100;

function isCommand({ type }: ProgramControl): boolean {
  return type === "resize" || type === "signal";
}

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
    const isInput = control.type === "input" || control.type === "end";
    if (isInput && this.#inputEnded) throw inputEnded();
    if (control.type === "input") {
      const unreadBytes = this.#unreadBytes + utf8Bytes(control.text);
      if (unreadBytes > MAX_STDIN_BYTES) throw inputTooLarge(unreadBytes);
      this.#unreadBytes = unreadBytes;
    }
    if (control.type === "end") this.#inputEnded = true;
    this.#keep(control);
    this.#wakeReader();
  }

  /** However much is said that nobody reads, little is kept of what is no input. */
  #keep(control: ProgramControl): void {
    const last = this.#controls.at(-1);
    if (control.type === "resize" && last?.type === "resize") this.#controls.pop();
    if (control.type === "signal" && last?.type === "signal" && last.signal === control.signal) return;
    if (isCommand(control) && this.#controls.filter(isCommand).length >= MAX_COMMANDS)
      throw tooManyCommands();
    if (control.type === "input" && last?.type === "input" && last.text.length < JOINED_CHARS) {
      this.#controls[this.#controls.length - 1] = { type: "input", text: last.text + control.text };
    } else this.#controls.push(control);
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

import { AppError } from "../errors";
import { MAX_STDIN_BYTES } from "../schemas/limits";
import { utf8Bytes } from "../schemas/text";

/** A program's input on its way from requests to the sandbox, which reads it when the program can take it. */
export class Stdin implements AsyncIterable<string> {
  #parts: string[] = [];
  #unreadBytes = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(first: string) {
    if (first !== "") this.#parts.push(first);
    this.#unreadBytes = utf8Bytes(first);
  }

  /** No more can be given: end of input was given, or nobody reads any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Throws `body_too_large` when the program has not read enough of what it was given before. */
  push(text: string): void {
    if (text === "" || this.#ended) return;
    const bytes = utf8Bytes(text);
    const unread = this.#unreadBytes + bytes;
    if (unread > MAX_STDIN_BYTES) {
      throw new AppError(
        "body_too_large",
        `\`text\` would make ${unread.toLocaleString("en")} bytes of input that the program has not read; the limit is ${MAX_STDIN_BYTES.toLocaleString("en")} bytes. Send it when the program has read more.`,
        { details: [{ path: "text", message: "The program has not read its earlier input." }] },
      );
    }
    this.#parts.push(text);
    this.#unreadBytes = unread;
    this.#wakeReader();
  }

  end(): void {
    this.#ended = true;
    this.#wakeReader();
  }

  /** The sandbox is the one reader. Ending the reading (`return`) takes effect at once. */
  [Symbol.asyncIterator](): AsyncIterator<string, undefined> {
    return {
      next: async () => {
        for (;;) {
          const value = this.#parts.shift();
          if (value !== undefined) {
            this.#unreadBytes -= utf8Bytes(value);
            return { done: false, value };
          }
          if (this.#ended) return { done: true, value: undefined };
          await new Promise<void>((wake) => {
            this.#wake = wake;
          });
        }
      },
      return: async () => {
        this.#parts = [];
        this.end();
        return { done: true, value: undefined };
      },
    };
  }

  #wakeReader(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

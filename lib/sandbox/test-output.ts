import type { Frame } from "./cell";
import { OutputCollector } from "./output";

/** What one test case prints: all of it, up to the limit of a run, for the verdict; and the part of it that is kept and shown. */
export class TestOutput {
  readonly #whole: OutputCollector;
  readonly #kept: OutputCollector;

  constructor(maxBytes: number, keptBytes: number) {
    this.#whole = new OutputCollector(maxBytes);
    this.#kept = new OutputCollector(keptBytes);
  }

  /** Whether it is over its limit. */
  get truncated(): boolean {
    return this.#whole.truncated;
  }

  /** Whether something is not kept. */
  get cut(): boolean {
    return this.#whole.truncated || this.#kept.truncated;
  }

  /** Takes the next bytes and returns the text of them that is kept. */
  push(stream: Frame["stream"], data: Buffer): string {
    return this.#keep(stream, this.#whole.push(stream, data));
  }

  end(stream: Frame["stream"]): string {
    return this.#keep(stream, this.#whole.end(stream));
  }

  /** All of the standard output. */
  get stdout(): string {
    return this.#whole.text("stdout");
  }

  kept(stream: Frame["stream"]): string {
    return this.#kept.text(stream);
  }

  #keep(stream: Frame["stream"], text: string): string {
    return text === "" ? "" : this.#kept.push(stream, Buffer.from(text, "utf8"));
  }
}

import type { RunEvent } from "../schemas/run";

type OutputEvent = Extract<RunEvent, { type: "stdout" | "stderr" }>;

/** Output that comes within this time is one event: a million one-byte prints must not be a million events. */
const WINDOW_MS = 16;
/** Output is not held back beyond this many characters. */
const WINDOW_CHARS = 32_768;
/** Changes between stdout and stderr kept in one window; beyond that, text joins the last text of its own stream. */
const WINDOW_CHANGES = 16;

/** Joins the output of a run that comes in quick succession. The first output after a pause is passed on at once. */
export class OutputWindow {
  readonly #pass: (event: OutputEvent) => void;
  #pending: OutputEvent[] = [];
  #pendingChars = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(pass: (event: OutputEvent) => void) {
    this.#pass = pass;
  }

  write(event: OutputEvent): void {
    if (event.text === "") return;
    if (!this.#timer) {
      this.#pass(event);
      this.#timer = setTimeout(() => this.#end(), WINDOW_MS);
      return;
    }
    const last = this.#pending.at(-1);
    const joined =
      last?.type === event.type || this.#pending.length < WINDOW_CHANGES
        ? last
        : this.#pending.findLast((other) => other.type === event.type);
    if (joined?.type === event.type) joined.text += event.text;
    else this.#pending.push({ ...event });
    this.#pendingChars += event.text.length;
    if (this.#pendingChars >= WINDOW_CHARS) this.#passPending();
  }

  /** Passes on what is held back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#passPending();
  }

  #end(): void {
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    this.#passPending();
    this.#timer = setTimeout(() => this.#end(), WINDOW_MS);
  }

  #passPending(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingChars = 0;
    for (const event of pending) this.#pass(event);
  }
}

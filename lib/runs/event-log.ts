import type { RunEvent } from "../schemas/run";

/** An event and its number in its run; numbers start at 1 and have no gaps. */
export interface LoggedEvent {
  seq: number;
  event: RunEvent;
}

type OutputEvent = Extract<RunEvent, { type: "stdout" | "stderr" }>;

/** Output that comes within this time is one event: a million one-byte prints must not be a million events. */
const WINDOW_MS = 16;
/** Output is not held back beyond this many characters. */
const WINDOW_CHARS = 32_768;
/** Changes between stdout and stderr kept in one window; beyond that, text joins the last text of its own stream. */
const WINDOW_CHANGES = 16;

/**
 * Everything that a run's watchers see, append-only. Watchers read at their own pace and hold nothing of their own, so
 * memory is bounded by the run's output cap, however many there are and however slow.
 */
export class EventLog {
  readonly #events: RunEvent[] = [];
  #pending: OutputEvent[] = [];
  #pendingChars = 0;
  #size = 0;
  #window: NodeJS.Timeout | undefined;
  #end: { error: unknown } | undefined;
  readonly #wake = new Set<() => void>();

  get ended(): boolean {
    return this.#end !== undefined;
  }

  get lastSeq(): number {
    return this.#events.length;
  }

  /** Watchers that wait for the next event. */
  get waiting(): number {
    return this.#wake.size;
  }

  /** Characters of text held. */
  get size(): number {
    return this.#size;
  }

  append(event: RunEvent): void {
    if (this.#end) return;
    this.#size += sizeOf(event);
    if (event.type !== "stdout" && event.type !== "stderr") {
      this.#flush();
      this.#push(event);
    } else if (event.text !== "") {
      this.#write(event);
    }
  }

  /** After this nothing is added. With an error, watchers get it after the last event. */
  close(error?: unknown): void {
    if (this.#end) return;
    this.#flush();
    this.#end = { error };
    this.#wakeAll();
  }

  /** What was written to each stream so far, by stage. */
  text(stage: "compile" | "run"): { stdout: string; stderr: string } {
    const text = { stdout: "", stderr: "" };
    let current: "compile" | "run" = "run";
    for (const event of [...this.#events, ...this.#pending]) {
      if (event.type === "stage") current = event.stage;
      if ((event.type === "stdout" || event.type === "stderr") && current === stage) {
        text[event.type] += event.text;
      }
    }
    return text;
  }

  /** Follows the log from after `afterSeq`. Stopping early (`return`) takes effect at once, also while waiting. */
  watch(afterSeq: number): AsyncIterableIterator<LoggedEvent> {
    let next = Number.isSafeInteger(afterSeq) && afterSeq > 0 ? Math.min(afterSeq, this.lastSeq) : 0;
    let stop: (() => void) | undefined;
    let stopped = false;

    const read = (): IteratorResult<LoggedEvent, undefined> | undefined => {
      const event = this.#events[next];
      if (event && !stopped) return { done: false, value: { seq: ++next, event } };
      if (!stopped && !this.#end) return undefined;
      if (!stopped && this.#end?.error !== undefined) {
        stopped = true;
        throw this.#end.error;
      }
      return { done: true, value: undefined };
    };

    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        for (;;) {
          const result = read();
          if (result) return result;
          await new Promise<void>((wake) => {
            stop = wake;
            this.#wake.add(wake);
          });
        }
      },
      return: async () => {
        stopped = true;
        if (stop) this.#wake.delete(stop);
        stop?.();
        return { done: true, value: undefined };
      },
    };
  }

  #write(event: OutputEvent): void {
    if (!this.#window) {
      // The first output after a pause goes out at once; what follows closely is gathered.
      this.#push(event);
      this.#window = setTimeout(() => this.#endWindow(), WINDOW_MS);
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
    if (this.#pendingChars >= WINDOW_CHARS) this.#flushPending();
  }

  #endWindow(): void {
    this.#window = undefined;
    if (this.#pending.length === 0) return;
    this.#flushPending();
    this.#window = setTimeout(() => this.#endWindow(), WINDOW_MS);
  }

  #flush(): void {
    clearTimeout(this.#window);
    this.#window = undefined;
    this.#flushPending();
  }

  #flushPending(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingChars = 0;
    for (const event of pending) this.#push(event);
  }

  #push(event: RunEvent): void {
    this.#events.push(event);
    this.#wakeAll();
  }

  #wakeAll(): void {
    const wakers = [...this.#wake];
    this.#wake.clear();
    for (const wake of wakers) wake();
  }
}

function sizeOf(event: RunEvent): number {
  if (event.type === "stdout" || event.type === "stderr") return event.text.length;
  return event.type === "done" ? event.run.output.stdout.length + event.run.output.stderr.length : 100;
}

import type { LiveEvent, LoggedEvent } from "..";
import { OutputWindow } from "../output-window";

/**
 * The events of one run, append-only. Watchers read at their own pace and hold nothing of their own, so memory is bounded by
 * the run's output cap, however many there are and however slow.
 */
export class EventLog {
  readonly #events: LiveEvent[] = [];
  readonly #window = new OutputWindow((event) => this.#push(event));
  readonly #waiting = new Set<() => void>();
  #chars = 0;
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  get lastSeq(): number {
    return this.#events.length;
  }

  /** Watchers that wait for the next event. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Characters of text held. */
  get chars(): number {
    return this.#chars;
  }

  append(event: LiveEvent): void {
    if (this.#ended) return;
    if (event.type === "stdout" || event.type === "stderr") {
      this.#window.write(event);
      return;
    }
    this.#window.flush();
    this.#ended = event.type === "done" || event.type === "failed";
    this.#push(event);
  }

  /** Ends the log without a last event. */
  close(): void {
    this.#window.flush();
    this.#ended = true;
    this.#wakeAll();
  }

  /** Everything so far. The array grows with the log. */
  read(): readonly LiveEvent[] {
    this.#window.flush();
    return this.#events;
  }

  /** Follows the log from after `afterSeq`. Stopping early (`return`) takes effect at once, also while waiting. */
  watch(afterSeq: number): AsyncIterableIterator<LoggedEvent> {
    let next = Number.isSafeInteger(afterSeq) && afterSeq > 0 ? Math.min(afterSeq, this.lastSeq) : 0;
    let wake: (() => void) | undefined;
    let stopped = false;

    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        for (;;) {
          const event = stopped ? undefined : this.#events[next];
          if (event) return { done: false, value: { seq: ++next, event } };
          if (stopped || this.#ended) return { done: true, value: undefined };
          await new Promise<void>((resolve) => {
            wake = resolve;
            this.#waiting.add(resolve);
          });
        }
      },
      return: async () => {
        stopped = true;
        if (wake) this.#waiting.delete(wake);
        wake?.();
        return { done: true, value: undefined };
      },
    };
  }

  #push(event: LiveEvent): void {
    this.#events.push(event);
    this.#chars += charsOf(event);
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

function charsOf(event: LiveEvent): number {
  if (event.type === "stdout" || event.type === "stderr") return event.text.length;
  if (event.type === "test") return event.result.actual.length + (event.result.stderr?.length ?? 0);
  if (event.type !== "done" && event.type !== "failed") return 100;
  return event.run.output.stdout.length + event.run.output.stderr.length;
}

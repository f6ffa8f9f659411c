import type { LiveEvent, LoggedEvent } from "..";

/** The events of a run as they reach this process, for those who watch it here. Watchers read at their own pace and hold nothing of their own. */
export class EventFeed {
  #events: LiveEvent[] = [];
  /** The number of the event before the first that is held. */
  #before = 0;
  /** Whether what is held is all there is so far; until then a watcher's place is not known. */
  #loaded = false;
  #ended = false;
  /** What came before what precedes it. */
  #early: { first: number; events: readonly LiveEvent[] }[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #onUnwatched: () => void;
  #watchers = 0;

  /** `onUnwatched` is called when the last watcher has gone, and each time again. */
  constructor(onUnwatched: () => void) {
    this.#onUnwatched = onUnwatched;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get watched(): boolean {
    return this.#watchers > 0;
  }

  get lastSeq(): number {
    return this.#before + this.#events.length;
  }

  /** Adds events from the number `first` on; what is here already is passed over. `false` where `load` is needed first, since some are missing. */
  add(first: number, events: readonly LiveEvent[]): boolean {
    if (this.#ended) return true;
    if (!this.#loaded || first > this.lastSeq + 1) {
      this.#early.push({ first, events });
      return false;
    }
    this.#take(first, events);
    this.#wakeAll();
    return true;
  }

  /** All there is so far, whose last number is `lastSeq`. */
  load(lastSeq: number, events: readonly LiveEvent[], ended: boolean): void {
    const first = lastSeq - events.length + 1;
    if (first > this.lastSeq + 1 || !this.#loaded) {
      this.#before = first - 1;
      this.#events = [];
    }
    this.#loaded = true;
    this.#take(first, events);
    for (const early of this.#early)
      if (early.first <= this.lastSeq + 1) this.#take(early.first, early.events);
    this.#early = [];
    if (ended) this.#ended = true;
    this.#wakeAll();
  }

  /** Ends without a last event. */
  close(): void {
    this.#loaded = true;
    this.#ended = true;
    this.#wakeAll();
  }

  /** As `Channel.watch`. Where somebody says to have seen more than is here, `confirmed` resolves when that is known to be all there is. */
  watch(afterSeq: number, confirmed: () => Promise<void>): AsyncIterableIterator<LoggedEvent> {
    const asked = Number.isSafeInteger(afterSeq) && afterSeq > 0 ? afterSeq : 0;
    let seen: number | null = null;
    const sure = asked > this.lastSeq && !this.#ended ? confirmed() : null;
    let stopped = false;
    let wake: (() => void) | undefined;
    this.#watchers++;
    const leave = () => {
      if (stopped) return;
      stopped = true;
      if (wake) this.#waiting.delete(wake);
      wake?.();
      this.#watchers--;
      if (this.#watchers === 0) this.#onUnwatched();
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        if (sure && seen === null) await sure;
        for (;;) {
          if (!stopped && this.#loaded) {
            seen = Math.max(this.#before, seen ?? Math.min(asked, this.lastSeq));
            const event = this.#events[seen - this.#before];
            if (event) return { done: false, value: { seq: ++seen, event } };
            if (this.#ended) leave();
          }
          if (stopped) return { done: true, value: undefined };
          await new Promise<void>((resolve) => {
            wake = resolve;
            this.#waiting.add(resolve);
          });
        }
      },
      return: async () => {
        leave();
        return { done: true, value: undefined };
      },
    };
  }

  #take(first: number, events: readonly LiveEvent[]): void {
    for (const event of events.slice(Math.max(0, this.lastSeq + 1 - first))) this.#push(event);
  }

  #push(event: LiveEvent): void {
    // A run that begins anew: what came before counts no more.
    if (event.type === "queued" && event.attempt !== undefined) {
      this.#before = this.lastSeq;
      this.#events = [];
    }
    this.#events.push(event);
    if (event.type === "done" || event.type === "failed") this.#ended = true;
  }

  #wakeAll(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

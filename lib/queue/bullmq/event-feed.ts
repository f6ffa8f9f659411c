import type { LiveEvent, LoggedEvent } from "..";

/** All there is of a run in Redis at one moment, after what was known of it. */
export interface FoundEvents {
  /** The run's last number. */
  lastSeq: number;
  ended: boolean;
  events: readonly LoggedEvent[];
}

/** Events from the number `first` on. */
interface EarlyEvents {
  first: number;
  events: readonly LiveEvent[];
  /** Something was loaded since they came, and they did not follow on that. */
  passedBy: boolean;
}

/** The events of a run as they reach this process, for those who watch it here. Watchers read at their own pace and hold nothing of their own. */
export class EventFeed {
  /** In the order of their numbers, which have gaps where Redis came back without what it had told. */
  #events: LoggedEvent[] = [];
  #lastSeq = 0;
  /** Whether what is held is all there is so far; until then a watcher's place is not known. */
  #loaded = false;
  #ended = false;
  /** What came before what precedes it. */
  #early: EarlyEvents[] = [];
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
    return this.#lastSeq;
  }

  /** Adds events from the number `first` on; what is here already is passed over. `false` where `load` is needed first, since some are missing. */
  add(first: number, events: readonly LiveEvent[]): boolean {
    if (this.#ended) return true;
    if (!this.#loaded || first > this.#lastSeq + 1) {
      this.#early.push({ first, events, passedBy: false });
      return false;
    }
    this.#take(numbered(first, events));
    this.#wakeAll();
    return true;
  }

  /** Adds all there is after `lastSeq`. `false` where it has to be loaded once more: events have come that do not follow on that. */
  load(found: FoundEvents): boolean {
    this.#loaded = true;
    this.#take(found.events);
    this.#lastSeq = Math.max(this.#lastSeq, found.lastSeq);
    const early = this.#early;
    this.#early = [];
    for (const each of early) {
      if (each.first <= this.#lastSeq + 1) this.#take(numbered(each.first, each.events));
      // What is passed by twice was told by a Redis that has lost it since.
      else if (!each.passedBy) this.#early.push({ ...each, passedBy: true });
    }
    if (found.ended && !this.#ended) this.#end(found.events.at(-1)?.event);
    this.#wakeAll();
    return this.#ended || this.#early.length === 0;
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
    const sure = asked > this.#lastSeq && !this.#ended ? confirmed() : null;
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
            seen ??= Math.min(asked, this.#lastSeq);
            const next = this.#firstAfter(seen);
            if (next) {
              seen = next.seq;
              return { done: false, value: next };
            }
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

  #take(events: readonly LoggedEvent[]): void {
    for (const each of events) if (each.seq > this.#lastSeq && !this.#ended) this.#push(each);
  }

  #push(logged: LoggedEvent): void {
    const { seq, event } = logged;
    // A run that begins anew: what came before counts no more.
    if (event.type === "queued" && event.attempt !== undefined) this.#events = [];
    this.#events.push(logged);
    this.#lastSeq = seq;
    if (isLast(event)) this.#ended = true;
  }

  /** A Redis that had lost events numbers others as those were: the last one is told under the next number. */
  #end(last: LiveEvent | undefined): void {
    if (last && isLast(last)) this.#push({ seq: this.#lastSeq + 1, event: last });
    this.#ended = true;
  }

  #firstAfter(seq: number): LoggedEvent | undefined {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return this.#events[low];
  }

  #wakeAll(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

function numbered(first: number, events: readonly LiveEvent[]): LoggedEvent[] {
  return events.map((event, index) => ({ seq: first + index, event }));
}

function isLast({ type }: LiveEvent): boolean {
  return type === "done" || type === "failed";
}

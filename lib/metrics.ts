import type { MinuteFigures, Spread } from "./schemas/status";

const MINUTE_MS = 60_000;
/** One hour. */
const MINUTES = 60;

/** Each class of durations is this much longer than the one before: what is said of them is right to 5 %. */
const STEP = 1.1;
/** From 1 ms to about a day and a half; longer ones are counted as that. */
const CLASSES = 200;

/** How long many things took, in the room of one list however many they are. */
export class Durations {
  readonly #counts = new Map<number, number>();
  #count = 0;

  add(ms: number, times = 1): void {
    this.#addTo(classOf(ms), times);
  }

  include(other: Durations): void {
    for (const [index, times] of other.#counts) this.#addTo(index, times);
  }

  /** The time within which this share of them was done; `null` when there are none. */
  quantile(share: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.max(1, Math.ceil(share * this.#count));
    const indices = [...this.#counts.keys()].sort((a, b) => a - b);
    for (const index of indices) {
      left -= this.#counts.get(index) ?? 0;
      if (left <= 0) return middleOf(index);
    }
    return null;
  }

  #addTo(index: number, times: number): void {
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + times);
    this.#count += times;
  }
}

function classOf(ms: number): number {
  if (!(ms > 1)) return 0;
  return Math.min(CLASSES - 1, Math.ceil(Math.log(ms) / Math.log(STEP)));
}

function middleOf(index: number): number {
  return index === 0 ? 1 : Math.round(STEP ** (index - 0.5) * 10) / 10;
}

/** What is remembered of a run that has ended. */
export interface EndedRun {
  /** From its acceptance to the start of its first stage; `null` when it never started. */
  waitMs: number | null;
  /** From its acceptance to its end; `null` where a person had a part in that. */
  totalMs: number | null;
  /** It ended by a fault of ours. */
  failed: boolean;
}

interface Minute {
  /** Minutes since 1970. */
  at: number;
  runs: number;
  failed: number;
  wait: Durations;
  total: Durations;
}

/** The runs of the last hour, as figures of each minute. Of this process, and forgotten with it. */
export class RunFigures {
  readonly #now: () => number;
  /** Oldest first; minutes without runs are left out. */
  #minutes: Minute[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  ended({ waitMs, totalMs, failed }: EndedRun): void {
    const minute = this.#current();
    minute.runs++;
    if (failed) minute.failed++;
    if (waitMs !== null) minute.wait.add(waitMs);
    if (totalMs !== null) minute.total.add(totalMs);
  }

  /** Every minute of the last hour, the present one last. */
  minutes(): MinuteFigures[] {
    const kept = new Map(this.#kept().map((minute) => [minute.at, minute]));
    const present = minuteOf(this.#now());
    return Array.from({ length: MINUTES }, (_, index) => {
      const at = present - (MINUTES - 1) + index;
      return { at: new Date(at * MINUTE_MS).toISOString(), ...figuresOf(kept.get(at)) };
    });
  }

  /** The same for the whole hour. */
  hour(): Omit<MinuteFigures, "at"> {
    const all = emptyMinute(0);
    for (const { runs, failed, wait, total } of this.#kept()) {
      all.runs += runs;
      all.failed += failed;
      all.wait.include(wait);
      all.total.include(total);
    }
    return figuresOf(all);
  }

  #current(): Minute {
    const at = minuteOf(this.#now());
    const last = this.#minutes.at(-1);
    // A clock that is set back goes on with the minute that it had reached.
    if (last && last.at >= at) return last;
    const minute = emptyMinute(at);
    this.#minutes = [...this.#kept(), minute];
    return minute;
  }

  #kept(): Minute[] {
    const first = minuteOf(this.#now()) - (MINUTES - 1);
    return this.#minutes.filter(({ at }) => at >= first).slice(-MINUTES);
  }
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}

function emptyMinute(at: number): Minute {
  return { at, runs: 0, failed: 0, wait: new Durations(), total: new Durations() };
}

function figuresOf(minute: Minute | undefined): Omit<MinuteFigures, "at"> {
  if (!minute) return { runs: 0, failed: 0, wait: null, total: null };
  const { runs, failed, wait, total } = minute;
  return { runs, failed, wait: spreadOf(wait), total: spreadOf(total) };
}

function spreadOf(durations: Durations): Spread | null {
  const [p50, p95] = [durations.quantile(0.5), durations.quantile(0.95)];
  return p50 === null || p95 === null ? null : { p50, p95 };
}

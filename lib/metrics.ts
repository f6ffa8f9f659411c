import type { MinuteFigures, Spread } from "./schemas/status";

const MINUTE_MS = 60_000;
/** One hour. */
const MINUTES = 60;

/** Each class of durations is this much longer than the one before: what is said of them is right to 5 %. */
const STEP = 1.1;
/** From 1 ms to about a day and a half; longer ones are counted as that. */
const CLASSES = 200;

/** `[class, count]` for each class that is not empty. */
export type DurationCounts = readonly (readonly [number, number])[];

/** A minute's figures as another process gets them, who can add them to others'. */
export interface MinuteCounts {
  /** Minutes since 1970. */
  at: number;
  runs: number;
  failed: number;
  wait: DurationCounts;
  total: DurationCounts;
}

/** What the figures of the last hour are asked of. */
export interface HourFigures {
  /** Every minute of the last hour, the present one last. */
  minutes(): MinuteFigures[];
  /** The same for the whole hour. */
  hour(): Omit<MinuteFigures, "at">;
}

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

  /** Plain data, of a size that depends on how different they are and not on how many. */
  toCounts(): DurationCounts {
    return [...this.#counts];
  }

  static fromCounts(counts: DurationCounts): Durations {
    const durations = new Durations();
    for (const [index, times] of counts) durations.#addTo(index, times);
    return durations;
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
  /** It ended as `system_error`. */
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
export class RunFigures implements HourFigures {
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

  minutes(): MinuteFigures[] {
    return everyMinute(this.#kept(), this.#now());
  }

  hour(): Omit<MinuteFigures, "at"> {
    return figuresOf(sumOf(this.#kept()));
  }

  /** This minute and the one before, to be sent. */
  latest(): MinuteCounts[] {
    const present = minuteOf(this.#now());
    return this.#kept()
      .filter(({ at }) => at >= present - 1)
      .map(({ wait, total, ...rest }) => ({ ...rest, wait: wait.toCounts(), total: total.toCounts() }));
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

/**
 * The same of many workers, from what each sends of its latest minutes. Every web process that has been up for an hour has the same; each
 * notice replaces what an earlier one of that worker said of the same minute, so none is counted twice.
 */
export class WorkersFigures implements HourFigures {
  readonly #now: () => number;
  /** By minute and worker. */
  readonly #minutes = new Map<number, Map<string, Minute>>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  take(worker: string, latest: readonly MinuteCounts[]): void {
    const oldest = minuteOf(this.#now()) - (MINUTES - 1);
    for (const at of this.#minutes.keys()) if (at < oldest) this.#minutes.delete(at);
    for (const { wait, total, ...counts } of latest) {
      if (counts.at < oldest) continue;
      const workers = this.#minutes.get(counts.at) ?? new Map<string, Minute>();
      this.#minutes.set(counts.at, workers);
      workers.set(worker, {
        ...counts,
        wait: Durations.fromCounts(wait),
        total: Durations.fromCounts(total),
      });
    }
  }

  minutes(): MinuteFigures[] {
    return everyMinute(this.#sums(), this.#now());
  }

  hour(): Omit<MinuteFigures, "at"> {
    return figuresOf(sumOf(this.#sums()));
  }

  #sums(): Minute[] {
    const present = minuteOf(this.#now());
    const kept = [...this.#minutes].filter(([at]) => at > present - MINUTES && at <= present);
    return kept.map(([at, workers]) => ({ ...sumOf([...workers.values()]), at }));
  }
}

function everyMinute(kept: readonly Minute[], nowMs: number): MinuteFigures[] {
  const known = new Map(kept.map((minute) => [minute.at, minute]));
  const present = minuteOf(nowMs);
  return Array.from({ length: MINUTES }, (_, index) => {
    const at = present - (MINUTES - 1) + index;
    return { at: new Date(at * MINUTE_MS).toISOString(), ...figuresOf(known.get(at)) };
  });
}

function sumOf(minutes: readonly Minute[]): Minute {
  const all = emptyMinute(0);
  for (const { runs, failed, wait, total } of minutes) {
    all.runs += runs;
    all.failed += failed;
    all.wait.include(wait);
    all.total.include(total);
  }
  return all;
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

/** How a pool makes and ends its things; it knows nothing else of them. */
export interface PoolOptions<T> {
  /** Makes a thing of a kind; rejects when it cannot be had. */
  create(key: string): Promise<T>;
  /** Ends a thing, used or not. Must not reject. */
  destroy(item: T): Promise<void>;
  /** How many waiting things there may be at first, all kinds together. 0 makes everything on demand. */
  warm: number;
  /** Makings at the same time: more only make each slower. */
  parallelCreates: number;
  /** After a failure no thing is made in advance for so long. */
  retryDelayMs: number;
  /** Making in advance and ending wait until so long nothing was asked for or given back, and nothing is in use … */
  quietMs: number;
  /** … or until so long nothing was asked for: what is in use may run for minutes. */
  patienceMs: number;
  /** Told of a making in advance that failed; on demand the caller hears of it. */
  onError(cause: unknown, key: string): void;
}

interface Waiter<T> {
  /** When it came, as a number that grows. */
  turn: number;
  resolve(item: T): void;
  reject(cause: unknown): void;
}

/** The things of one kind. */
interface Shelf<T> {
  idle: T[];
  waiters: Waiter<T>[];
  creating: number;
  /** How many to keep at least while the budget allows. */
  floor: number;
  /** Recent askings, each losing half its weight in `HALF_LIFE_MS`. */
  demand: number;
  demandAt: number;
}

const HALF_LIFE_MS = 60_000;
/** What a kind with a floor counts as asked for when nobody asks: the budget is spread evenly then. */
const BASE_WEIGHT = 0.1;
/** A kind asked for so little is not kept ready any more: one asking seven half-lives ago. */
const FORGOTTEN = 0.01;

/**
 * Keeps things ready before they are needed. Each is handed out once and never comes back. What is kept ready follows
 * what is asked for, within one budget; kinds with a `floor` keep that many first. Making and ending cost more than most
 * uses do, so both wait for a quiet moment: a burst has the processors for itself.
 */
export class Pool<T> {
  readonly #options: PoolOptions<T>;
  readonly #shelves = new Map<string, Shelf<T>>();
  /** Used things that wait for a quiet moment to be ended. */
  readonly #used: T[] = [];
  readonly #ending = new Set<Promise<void>>();
  readonly #creating = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #budget: number;
  #inUse = 0;
  #turns = 0;
  #lastAsked = Number.NEGATIVE_INFINITY;
  #lastGivenBack = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: PoolOptions<T>) {
    this.#options = options;
    this.#budget = options.warm;
  }

  /** Things that wait, all kinds together. */
  get idle(): number {
    return sum(this.#shelves, (shelf) => shelf.idle.length);
  }

  /** Keeps at least `count` of a kind ready while the budget allows. */
  keep(key: string, count: number): void {
    this.#shelf(key).floor = count;
    this.#plan();
  }

  /** Somebody will probably ask for this kind soon. Said again it counts once. */
  hint(key: string): void {
    const shelf = this.#shelf(key);
    const now = performance.now();
    shelf.demand = Math.max(1, decayed(shelf, now));
    shelf.demandAt = now;
    this.#plan();
  }

  /** Sets how many things may wait; those over it end, the kind with most to spare first. */
  resize(budget: number): void {
    if (budget === this.#budget) return;
    this.#budget = budget;
    while (this.idle > budget && this.#endSpare()) {}
    this.#plan();
  }

  /** A thing of a kind: a waiting one at once, else the next to be made. Rejects with the reason when none can be made. */
  acquire(key: string): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The pool is closed."));
    const shelf = this.#shelf(key);
    this.#lastAsked = performance.now();
    this.#addDemand(shelf);
    const ready = shelf.idle.shift();
    this.#plan();
    if (ready !== undefined) {
      this.#inUse++;
      return Promise.resolve(ready);
    }
    return new Promise((resolve, reject) => {
      shelf.waiters.push({ turn: this.#turns++, resolve, reject });
      this.#createForWaiters();
    });
  }

  /** Takes back a thing that was handed out, to be ended soon, in the background. */
  release(item: T): void {
    this.#inUse--;
    this.#lastGivenBack = performance.now();
    this.#used.push(item);
    // No quiet moment may come under a steady load: what waits to be ended holds memory too.
    while (this.#closed ? this.#used.length > 0 : this.#used.length > Math.max(1, this.#budget / 2))
      this.#endOldestUsed();
    this.#plan();
  }

  /** Takes out a waiting thing that turned out to be dead; another will be made. */
  discard(key: string, item: T): void {
    const shelf = this.#shelf(key);
    const index = shelf.idle.indexOf(item);
    if (index < 0) return;
    shelf.idle.splice(index, 1);
    this.#end(item);
    this.#plan();
  }

  /** Ends everything that waits and waits for everything that is being made or ended. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const shelf of this.#shelves.values()) {
      for (const waiter of shelf.waiters.splice(0)) waiter.reject(new Error("The pool is closed."));
      for (const item of shelf.idle.splice(0)) this.#end(item);
    }
    while (this.#used.length > 0) this.#endOldestUsed();
    await Promise.all(this.#creating);
    await Promise.all(this.#ending);
  }

  #shelf(key: string): Shelf<T> {
    let shelf = this.#shelves.get(key);
    if (!shelf) {
      shelf = { idle: [], waiters: [], creating: 0, floor: 0, demand: 0, demandAt: performance.now() };
      this.#shelves.set(key, shelf);
    }
    return shelf;
  }

  #addDemand(shelf: Shelf<T>): void {
    const now = performance.now();
    shelf.demand = decayed(shelf, now) + 1;
    shelf.demandAt = now;
  }

  #end(item: T): void {
    const ended = this.#options.destroy(item).finally(() => {
      this.#ending.delete(ended);
      this.#plan();
    });
    this.#ending.add(ended);
  }

  /** Whoever waits longest is served first, whatever the kind: one that many ask for must not starve the others. */
  #createForWaiters(): void {
    while (this.#creating.size < this.#options.parallelCreates) {
      const next = largest(this.#shelves, (_, { waiters, creating }) => {
        const waiter = waiters[creating];
        return waiter ? 1 / (1 + waiter.turn) : 0;
      });
      if (!next) return;
      this.#create(next.key, next.shelf, false);
    }
  }

  #endOldestUsed(): void {
    const item = this.#used.shift();
    if (item !== undefined) this.#end(item);
  }

  /** When making in advance and ending may begin, if nothing happens before. */
  #quietAt(): number {
    const { quietMs, patienceMs } = this.#options;
    const patient = this.#lastAsked + patienceMs;
    if (this.#inUse > 0) return patient;
    return Math.min(patient, Math.max(this.#lastAsked, this.#lastGivenBack) + quietMs);
  }

  /** Comes back in a quiet moment to do what is due. */
  #plan(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        if (performance.now() < this.#quietAt()) this.#plan();
        else this.#maintain();
      },
      Math.max(0, this.#quietAt() - performance.now()),
    );
    this.#timer.unref();
  }

  /** One thing at a time, a new one before the end of an old one: a use that comes meanwhile finds a processor free. */
  #maintain(): void {
    if (this.#creating.size > 0 || this.#ending.size > 0) return;
    const paused = this.#pausedUntil - performance.now();
    const key = paused > 0 ? null : this.#mostMissed();
    if (key !== null) this.#create(key, this.#shelf(key), true);
    else this.#endOldestUsed();
    if (paused > 0) setTimeout(() => this.#plan(), paused).unref();
  }

  /**
   * The kind that falls shortest of what it should have; `null` when none does. Where the budget is spent on a kind that
   * has more than it should, one of those ends to make room.
   */
  #mostMissed(): string | null {
    const targets = this.#targets();
    const missing = (key: string, shelf: Shelf<T>) =>
      (targets.get(key) ?? 0) - shelf.idle.length - shelf.creating;
    const most = largest(this.#shelves, missing);
    if (!most) return null;
    if (sum(this.#shelves, (shelf) => shelf.idle.length + shelf.creating) < this.#budget) return most.key;
    const surplus = largest(this.#shelves, (key, shelf) => Math.min(shelf.idle.length, -missing(key, shelf)));
    const item = surplus?.shelf.idle.shift();
    if (item === undefined) return null;
    this.#end(item);
    return most.key;
  }

  /** Ends one waiting thing of the kind that has most of them. */
  #endSpare(): boolean {
    const item = largest(this.#shelves, (_, shelf) => shelf.idle.length)?.shelf.idle.shift();
    if (item === undefined) return false;
    this.#end(item);
    return true;
  }

  /** How many of each kind should wait: floors first, the rest of the budget by what was asked for lately. */
  #targets(): Map<string, number> {
    const now = performance.now();
    const weight = (shelf: Shelf<T>) => decayed(shelf, now) + (shelf.floor > 0 ? BASE_WEIGHT : 0);
    const spare = Math.max(0, this.#budget - sum(this.#shelves, (shelf) => shelf.floor));
    const total = sum(this.#shelves, weight);
    const targets = new Map<string, number>();
    for (const [key, shelf] of this.#shelves) {
      const share = weight(shelf) < FORGOTTEN ? 0 : Math.round((spare * weight(shelf)) / total);
      targets.set(key, Math.min(this.#budget, shelf.floor + share));
    }
    return targets;
  }

  #create(key: string, shelf: Shelf<T>, inAdvance: boolean): void {
    shelf.creating++;
    const creating = this.#options
      .create(key)
      .then(
        (item) => this.#deliver(shelf, item),
        (cause) => this.#failed(key, shelf, cause, inAdvance),
      )
      .finally(() => {
        this.#creating.delete(creating);
        if (this.#closed) return;
        this.#createForWaiters();
        this.#plan();
      });
    this.#creating.add(creating);
  }

  #deliver(shelf: Shelf<T>, item: T): void {
    shelf.creating--;
    const waiter = shelf.waiters.shift();
    if (waiter) {
      this.#inUse++;
      waiter.resolve(item);
    } else if (this.#closed) this.#end(item);
    else shelf.idle.push(item);
  }

  #failed(key: string, shelf: Shelf<T>, cause: unknown, inAdvance: boolean): void {
    shelf.creating--;
    this.#pausedUntil = performance.now() + this.#options.retryDelayMs;
    const waiter = shelf.waiters.shift();
    if (waiter) waiter.reject(cause);
    else if (inAdvance && !this.#closed) this.#options.onError(cause, key);
  }
}

function decayed<T>(shelf: Shelf<T>, now: number): number {
  return shelf.demand * 0.5 ** ((now - shelf.demandAt) / HALF_LIFE_MS);
}

function sum<T>(shelves: ReadonlyMap<string, Shelf<T>>, value: (shelf: Shelf<T>) => number): number {
  let total = 0;
  for (const shelf of shelves.values()) total += value(shelf);
  return total;
}

/** The shelf with the largest value above zero. */
function largest<T>(
  shelves: ReadonlyMap<string, Shelf<T>>,
  value: (key: string, shelf: Shelf<T>) => number,
): { key: string; shelf: Shelf<T> } | null {
  let best: { key: string; shelf: Shelf<T> } | null = null;
  let bestValue = 0;
  for (const [key, shelf] of shelves) {
    const own = value(key, shelf);
    if (own > bestValue) [best, bestValue] = [{ key, shelf }, own];
  }
  return best;
}

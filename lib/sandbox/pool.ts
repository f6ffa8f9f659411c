/** How a pool makes and ends its things; it knows nothing else of them. */
export interface PoolOptions<T> {
  /** Makes a thing of a kind; rejects when it cannot be had. */
  create(key: string): Promise<T>;
  /** Ends a thing, used or not. Must not reject. */
  destroy(item: T): Promise<void>;
  /** How many waiting things there may be, all kinds together. 0 makes everything on demand. */
  warm: number;
  /** Makings at the same time: more only make each slower. */
  parallelCreates: number;
  /** After a failure no thing is made in advance for so long. */
  retryDelayMs: number;
  /** Refilling waits until nothing has been asked for during this time, so that a burst has the processors for itself. */
  quietMs: number;
  /** Told of a making in advance that failed; on demand the caller hears of it. */
  onError(cause: unknown, key: string): void;
}

interface Waiter<T> {
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

/**
 * Keeps things ready before they are needed. Each is handed out once and never comes back. What is kept ready follows
 * what is asked for, within one budget; kinds with a `floor` keep that many first.
 */
export class Pool<T> {
  readonly #options: PoolOptions<T>;
  readonly #shelves = new Map<string, Shelf<T>>();
  readonly #ending = new Set<Promise<void>>();
  readonly #creating = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #lastAsked = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: PoolOptions<T>) {
    this.#options = options;
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

  /** A thing of a kind: a waiting one at once, else the next to be made. Rejects with the reason when none can be made. */
  acquire(key: string): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The pool is closed."));
    const shelf = this.#shelf(key);
    this.#lastAsked = performance.now();
    this.#addDemand(shelf);
    const ready = shelf.idle.shift();
    this.#plan();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      shelf.waiters.push({ resolve, reject });
      this.#createForWaiters();
    });
  }

  /** Ends a thing that was handed out, in the background. */
  release(item: T): void {
    this.#end(item);
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
    const ended = this.#options.destroy(item).finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  #createForWaiters(): void {
    for (const [key, shelf] of this.#shelves) {
      while (shelf.waiters.length > shelf.creating && this.#creating.size < this.#options.parallelCreates) {
        this.#create(key, shelf, false);
      }
    }
  }

  /** Looks again after a moment of quiet whether something is to be made in advance. */
  #plan(): void {
    if (this.#closed || this.#timer || this.#options.warm === 0) return;
    const now = performance.now();
    const wait = Math.max(this.#lastAsked + this.#options.quietMs, this.#pausedUntil) - now;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        if (performance.now() < this.#lastAsked + this.#options.quietMs) this.#plan();
        else this.#refill();
      },
      Math.max(0, wait),
    );
    this.#timer.unref();
  }

  /** One at a time: a program that comes meanwhile finds a processor free. */
  #refill(): void {
    if (this.#closed || this.#creating.size > 0) return;
    const key = this.#mostMissed();
    if (key !== null) this.#create(key, this.#shelf(key), true);
  }

  /** The kind that falls shortest of what it should have, or `null` when nothing is missing or the budget is spent. */
  #mostMissed(): string | null {
    const now = performance.now();
    const free = this.#options.warm - sum(this.#shelves, (shelf) => shelf.idle.length + shelf.creating);
    if (free <= 0) return null;
    for (const [key, shelf] of this.#shelves) {
      if (shelf.idle.length + shelf.creating < shelf.floor) return key;
    }
    const total = sum(this.#shelves, (shelf) => decayed(shelf, now));
    let best: string | null = null;
    let bestGap = 0;
    for (const [key, shelf] of this.#shelves) {
      const share = total > 0.01 ? (this.#options.warm * decayed(shelf, now)) / total : 0;
      const gap = share - shelf.idle.length;
      if (gap >= 1 && gap > bestGap) [best, bestGap] = [key, gap];
    }
    return best;
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
    if (waiter) waiter.resolve(item);
    else if (this.#closed) this.#end(item);
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

import { addDemand, decayed, emptyStock, largest, peakOf, type Stock, sum, targetsOf } from "./pool-stock";

/** How a pool creates and destroys its items; it knows nothing else of them. */
export interface PoolOptions<T> {
  /** Creates an item for a key; rejects when there can be none. */
  create(key: string): Promise<T>;
  /** Destroys an item, used or not. Must not reject. */
  destroy(item: T): Promise<void>;
  /** How many items may be idle at first, of all keys together. 0 creates everything on demand. */
  warm: number;
  /** Creations at the same time: more only make each slower. */
  parallelCreates: number;
  /** After a failure nothing is created in advance for so long. */
  retryDelayMs: number;
  /** Creation in advance and destruction wait until for so long nothing was acquired or released, and nothing is in use … */
  quietMs: number;
  /** … or until for so long nothing was acquired: what is in use may run for minutes. */
  patienceMs: number;
  /** Whether items usually come back after their use (`giveBack`): then those in use count as stock, and what is more than that is destroyed. */
  returns?: boolean;
  /** Called when a creation in advance fails; on demand the caller gets the error. */
  onError(cause: unknown, key: string): void;
  /** Called with each acquisition: whether an item was idle. */
  onAcquire?: ((idle: boolean) => void) | undefined;
}

/** Where items come back: most uses are over in less, and a burst that is served by what there is has the processors for itself. */
const RETURN_PATIENCE_MS = 100;

/**
 * Creates items before they are needed. Each is used once, but for those that are given back. The stock follows demand, within one budget; keys with a minimum
 * have that many first. Creating and destroying cost more than most uses do, so both wait for a quiet moment: a burst has
 * the processors for itself.
 */
export class Pool<T> {
  readonly #options: PoolOptions<T>;
  readonly #stocks = new Map<string, Stock<T>>();
  readonly #lent = new Map<T, { stock: Stock<T>; returning: boolean }>();
  /** Used items that wait for a quiet moment to be destroyed. */
  readonly #used: T[] = [];
  readonly #destroying = new Set<Promise<void>>();
  readonly #creating = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #budget: number;
  #turns = 0;
  #lastAcquired = Number.NEGATIVE_INFINITY;
  #lastReleased = Number.NEGATIVE_INFINITY;
  #retryAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: PoolOptions<T>) {
    this.#options = options;
    this.#budget = options.warm;
  }

  /** Idle items of all keys. */
  get idle(): number {
    return sum(this.#stocks, (stock) => stock.idle.length);
  }

  /** How many items of a key are idle, and how many somebody waits for. */
  countsOf(key: string): { idle: number; awaited: number } {
    const { idle, waiters } = this.#stocks.get(key) ?? emptyStock<T>();
    return { idle: idle.length, awaited: waiters.length };
  }

  /** Keeps at least `count` items of a key idle while the budget allows. */
  keep(key: string, count: number): void {
    this.#stock(key).minIdle = count;
    this.#scheduleMaintenance();
  }

  /** An item of this key will probably be acquired soon. Repeated hints count once. */
  hint(key: string): void {
    const stock = this.#stock(key);
    const now = performance.now();
    stock.demand = Math.max(1, decayed(stock, now));
    stock.demandAt = now;
    this.#scheduleMaintenance();
  }

  /** Something else is busy that creation in advance would slow down: it waits as after an acquisition. */
  defer(): void {
    this.#lastAcquired = performance.now();
  }

  /** Keeps and expects nothing any more. */
  forget(): void {
    for (const stock of this.#stocks.values()) {
      stock.minIdle = 0;
      stock.demand = 0;
    }
    this.#scheduleMaintenance();
  }

  /** Sets how many items may be idle; to be called again now and then where items come back, since demand falls by itself. Surplus is destroyed, of the key with most idle items first. */
  resize(budget: number): void {
    if (this.#options.returns) this.#scheduleMaintenance();
    if (budget === this.#budget) return;
    this.#budget = budget;
    while (this.idle > budget && this.#destroySurplus()) {}
    this.#scheduleMaintenance();
  }

  /** An idle item at once, else the next to be created. Rejects with the reason when none can be created. */
  acquire(key: string): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The pool is closed."));
    const stock = this.#stock(key);
    this.#lastAcquired = performance.now();
    addDemand(stock);
    const ready = stock.idle.shift();
    this.#options.onAcquire?.(ready !== undefined);
    this.#scheduleMaintenance();
    if (ready !== undefined) {
      this.#lend(stock, ready);
      return Promise.resolve(ready);
    }
    return new Promise((resolve, reject) => {
      const patientUntil = this.#options.returns ? performance.now() + RETURN_PATIENCE_MS : 0;
      stock.waiters.push({ turn: this.#turns++, patientUntil, resolve, reject });
      this.#createForWaiters();
      if (patientUntil > 0) setTimeout(() => this.#createForWaiters(), RETURN_PATIENCE_MS);
    });
  }

  /** Takes back an item after its use, to be destroyed soon, in the background. */
  release(item: T): void {
    const awaited = this.#takeBack(item);
    this.#lastReleased = performance.now();
    this.#used.push(item);
    // Under a steady load there may be no quiet moment, and what waits to be destroyed holds memory too.
    while (this.#closed ? this.#used.length > 0 : this.#used.length > Math.max(1, this.#budget / 2))
      this.#destroyOldestUsed();
    // A waiter that counted on this item needs a new one.
    if (awaited || this.#options.returns) this.#createForWaiters();
    this.#scheduleMaintenance();
  }

  /** Announces that an item will soon be given back, so that no new one is created for a waiter. It can still be released instead. */
  returning(item: T): void {
    const lent = this.#lent.get(item);
    if (!lent || lent.returning) return;
    lent.returning = true;
    lent.stock.returning++;
  }

  /** Takes back a reusable item. It goes to the longest waiter for its key, or becomes idle. */
  giveBack(item: T): void {
    const stock = this.#lent.get(item)?.stock;
    if (!stock) throw new Error("This item is not in use.");
    this.#takeBack(item);
    this.#lastReleased = performance.now();
    if (this.#closed) this.#destroy(item);
    else this.#supply(stock, item);
    this.#scheduleMaintenance();
  }

  /** Removes an idle item that turned out to be dead; another will be created. */
  discard(key: string, item: T): void {
    const stock = this.#stock(key);
    const index = stock.idle.indexOf(item);
    if (index < 0) return;
    stock.idle.splice(index, 1);
    this.#destroy(item);
    this.#scheduleMaintenance();
  }

  /** Destroys all idle items and waits for every creation and destruction under way. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const { idle, waiters } of this.#stocks.values()) {
      for (const waiter of waiters.splice(0)) waiter.reject(new Error("The pool is closed."));
      for (const item of idle.splice(0)) this.#destroy(item);
    }
    while (this.#used.length > 0) this.#destroyOldestUsed();
    await Promise.all(this.#creating);
    await Promise.all(this.#destroying);
  }

  #stock(key: string): Stock<T> {
    const stock = this.#stocks.get(key) ?? emptyStock<T>();
    this.#stocks.set(key, stock);
    return stock;
  }

  #lend(stock: Stock<T>, item: T): void {
    this.#lent.set(item, { stock, returning: false });
    stock.lent++;
    const now = performance.now();
    stock.peak = Math.max(peakOf(stock, now), stock.lent - stock.returning);
    stock.peakAt = now;
  }

  /** Answers whether it was said to be coming back. */
  #takeBack(item: T): boolean {
    const lent = this.#lent.get(item);
    if (!lent) return false;
    this.#lent.delete(item);
    lent.stock.lent--;
    if (lent.returning) lent.stock.returning--;
    return lent.returning;
  }

  #destroy(item: T): void {
    const destroyed = this.#options.destroy(item).finally(() => {
      this.#destroying.delete(destroyed);
      this.#scheduleMaintenance();
    });
    this.#destroying.add(destroyed);
  }

  /** First come, first served over all keys: one that many acquire must not starve the others. */
  #createForWaiters(): void {
    if (this.#closed) return;
    const now = performance.now();
    while (this.#creating.size < this.#options.parallelCreates) {
      const next = largest(this.#stocks, (_, { waiters, creating, returning, lent }) => {
        const waiter = waiters[creating + returning];
        // A setTimeout of 100 ms may be over after 99.
        const patient = waiter && lent > 0 && now < waiter.patientUntil - 2;
        return waiter && !patient ? 1 / (1 + waiter.turn) : 0;
      });
      if (!next) return;
      this.#create(next.key, next.stock, false);
    }
  }

  #destroyOldestUsed(): void {
    const item = this.#used.shift();
    if (item !== undefined) this.#destroy(item);
  }

  /** When maintenance may begin, if nothing happens before. */
  #quietAt(): number {
    const { quietMs, patienceMs } = this.#options;
    const patient = this.#lastAcquired + patienceMs;
    if (this.#lent.size > 0) return patient;
    return Math.min(patient, Math.max(this.#lastAcquired, this.#lastReleased) + quietMs);
  }

  /** Schedules maintenance for the next quiet moment. */
  #scheduleMaintenance(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        if (performance.now() < this.#quietAt()) this.#scheduleMaintenance();
        else this.#maintain();
      },
      Math.max(0, this.#quietAt() - performance.now()),
    );
    this.#timer.unref();
  }

  /** One item at a time, creation before destruction: a use that comes meanwhile finds a processor free. */
  #maintain(): void {
    if (this.#creating.size > 0 || this.#destroying.size > 0) return;
    const paused = this.#retryAt - performance.now();
    const key = paused > 0 ? null : this.#mostUnderstocked();
    if (key !== null) this.#create(key, this.#stock(key), true);
    else if (this.#used.length > 0) this.#destroyOldestUsed();
    else if (this.#options.returns) this.#destroyOverstock();
    if (paused > 0) setTimeout(() => this.#scheduleMaintenance(), paused).unref();
  }

  /**
   * The key whose stock is furthest below its target; `null` when none is. When the budget is used up by a key above its
   * target, an item of that one is destroyed to make room.
   */
  #mostUnderstocked(): string | null {
    const targets = targetsOf(this.#stocks, this.#budget);
    const missing = (key: string, stock: Stock<T>) => (targets.get(key) ?? 0) - this.#stocked(stock);
    const most = largest(this.#stocks, missing);
    if (!most) return null;
    if (sum(this.#stocks, (stock) => this.#stocked(stock)) < this.#budget) return most.key;
    const surplus = largest(this.#stocks, (key, stock) => Math.min(stock.idle.length, -missing(key, stock)));
    const item = surplus?.stock.idle.shift();
    if (item === undefined) return null;
    this.#destroy(item);
    return most.key;
  }

  /** Items that are idle, or will be. */
  #stocked({ idle, creating, lent }: Stock<T>): number {
    return idle.length + creating + (this.#options.returns ? lent : 0);
  }

  /**
   * Destroys an idle item of the key that has most beyond its target, and beyond what was lately in use at once: after a burst another may
   * come, for which they would have to be made again.
   */
  #destroyOverstock(): void {
    const targets = targetsOf(this.#stocks, this.#budget);
    const now = performance.now();
    const most = largest(this.#stocks, (key, stock) => {
      const busy = this.#budget > 0 ? Math.round(peakOf(stock, now)) : 0;
      return Math.min(stock.idle.length, this.#stocked(stock) - Math.max(targets.get(key) ?? 0, busy));
    });
    const item = most?.stock.idle.shift();
    if (item !== undefined) this.#destroy(item);
  }

  /** Destroys an idle item of the key with most of them. */
  #destroySurplus(): boolean {
    const item = largest(this.#stocks, (_, stock) => stock.idle.length)?.stock.idle.shift();
    if (item !== undefined) this.#destroy(item);
    return item !== undefined;
  }

  #create(key: string, stock: Stock<T>, inAdvance: boolean): void {
    stock.creating++;
    const creating = this.#options
      .create(key)
      .then(
        (item) => this.#deliver(stock, item),
        (cause) => this.#failed(key, stock, cause, inAdvance),
      )
      .finally(() => {
        this.#creating.delete(creating);
        if (this.#closed) return;
        this.#createForWaiters();
        this.#scheduleMaintenance();
      });
    this.#creating.add(creating);
  }

  #deliver(stock: Stock<T>, item: T): void {
    stock.creating--;
    this.#supply(stock, item);
  }

  #supply(stock: Stock<T>, item: T): void {
    const waiter = stock.waiters.shift();
    if (waiter) {
      this.#lend(stock, item);
      waiter.resolve(item);
    } else if (this.#closed) this.#destroy(item);
    else stock.idle.push(item);
  }

  #failed(key: string, stock: Stock<T>, cause: unknown, inAdvance: boolean): void {
    stock.creating--;
    this.#retryAt = performance.now() + this.#options.retryDelayMs;
    const waiter = stock.waiters.shift();
    if (waiter) waiter.reject(cause);
    else if (inAdvance && !this.#closed) this.#options.onError(cause, key);
  }
}

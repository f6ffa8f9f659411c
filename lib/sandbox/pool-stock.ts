export interface Waiter<T> {
  /** Its place among all waiters: a number that grows. */
  turn: number;
  /** Nothing is created for it before that, as long as items of its key are in use that will come back. */
  patientUntil: number;
  resolve(item: T): void;
  reject(cause: unknown): void;
}

/** The items of one key. */
export interface Stock<T> {
  idle: T[];
  waiters: Waiter<T>[];
  creating: number;
  /** Items in use that will be idle again, where items come back; and those of them whose use is over. */
  lent: number;
  returning: number;
  /** The most that were in use at once; loses half in `HALF_LIFE_MS`. */
  peak: number;
  peakAt: number;
  /** How many to keep idle at least, while the budget allows. */
  minIdle: number;
  /** Recent acquisitions, each losing half its weight in `HALF_LIFE_MS`. */
  demand: number;
  demandAt: number;
}

const HALF_LIFE_MS = 60_000;
/** Demand of a key with a minimum while nothing is acquired: the budget is then spread evenly. */
const BASE_WEIGHT = 0.1;
/** A key with less demand is not kept in stock any more: one acquisition seven half-lives ago. */
const FORGOTTEN = 0.01;

export function emptyStock<T>(): Stock<T> {
  return {
    idle: [],
    waiters: [],
    creating: 0,
    lent: 0,
    returning: 0,
    peak: 0,
    peakAt: 0,
    minIdle: 0,
    demand: 0,
    demandAt: performance.now(),
  };
}

/** How many items of each key should be idle: the minimums first, the rest of the budget by recent demand. */
export function targetsOf<T>(stocks: ReadonlyMap<string, Stock<T>>, budget: number): Map<string, number> {
  const now = performance.now();
  const weight = (stock: Stock<T>) => decayed(stock, now) + (stock.minIdle > 0 ? BASE_WEIGHT : 0);
  const spare = Math.max(0, budget - sum(stocks, (stock) => stock.minIdle));
  const total = sum(stocks, weight);
  const targets = new Map<string, number>();
  for (const [key, stock] of stocks) {
    const share = weight(stock) < FORGOTTEN ? 0 : Math.round((spare * weight(stock)) / total);
    targets.set(key, Math.min(budget, stock.minIdle + share));
  }
  return targets;
}

/** Counts an acquisition. */
export function addDemand<T>(stock: Stock<T>): void {
  const now = performance.now();
  stock.demand = decayed(stock, now) + 1;
  stock.demandAt = now;
}

export function decayed<T>(stock: Stock<T>, now: number): number {
  return stock.demand * 0.5 ** ((now - stock.demandAt) / HALF_LIFE_MS);
}

export function peakOf<T>({ peak, peakAt }: Stock<T>, now: number): number {
  return peak * 0.5 ** ((now - peakAt) / HALF_LIFE_MS);
}

export function sum<T>(stocks: ReadonlyMap<string, Stock<T>>, value: (stock: Stock<T>) => number): number {
  let total = 0;
  for (const stock of stocks.values()) total += value(stock);
  return total;
}

/** The stock with the largest value above zero. */
export function largest<T>(
  stocks: ReadonlyMap<string, Stock<T>>,
  value: (key: string, stock: Stock<T>) => number,
): { key: string; stock: Stock<T> } | null {
  let best: { key: string; stock: Stock<T> } | null = null;
  let bestValue = 0;
  for (const [key, stock] of stocks) {
    const own = value(key, stock);
    if (own > bestValue) [best, bestValue] = [{ key, stock }, own];
  }
  return best;
}

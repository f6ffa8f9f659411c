import { createHmac } from "node:crypto";
import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import type { Logger } from "./log";

/** A count of something that somebody may do so and so often, as it outlives the process. */
export interface KeptCount {
  /** Of which limiter, and a hash of who: neither addresses nor e-mail addresses are kept. */
  key: string;
  points: number;
  expiresAt: Date;
}

/** What counts are kept in. */
export interface CountKeeper {
  /** Those that end after `now`. */
  loadCounts(now: Date): Promise<KeptCount[]>;
  /** Replaces those of the same keys; one without points is removed. */
  saveCounts(counts: readonly KeptCount[]): Promise<void>;
}

/** A limiter of rate-limiter-flexible, of what is used of it. */
export type Limiter = Pick<RateLimiterMemory, "consume" | "penalty" | "reward" | "block" | "get" | "delete">;
export type MakeLimiter = (options: IRateLimiterOptions & { keyPrefix: string }) => Limiter;

/** Limiters that forget with the process. */
export const memoryLimiter: MakeLimiter = (options) => new RateLimiterMemory(options);

export interface SharedLimiterOptions {
  /** The connection of ioredis to count through, which fails at once while Redis is away. */
  connection: object;
  secret: string;
  /** Of all keys. */
  prefix?: string;
}

/**
 * Limiters whose counts all processes share, and which outlive them, in Redis. While that is away each process counts for itself: nobody is shut
 * out for it, and nobody is let in without a count.
 */
export function sharedLimiter({
  connection,
  secret,
  prefix = "quicksand",
}: SharedLimiterOptions): MakeLimiter {
  return (options) => {
    const keyPrefix = `${prefix}:count:${options.keyPrefix}`;
    const limiter = new RateLimiterRedis({
      ...options,
      keyPrefix,
      storeClient: connection,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ ...options, keyPrefix }),
    });
    const hashed = (key: string | number) => countId(secret, key);
    return {
      consume: (key, points, more) => limiter.consume(hashed(key), points, more),
      penalty: (key, points, more) => limiter.penalty(hashed(key), points, more),
      reward: (key, points, more) => limiter.reward(hashed(key), points, more),
      block: (key, seconds, more) => limiter.block(hashed(key), seconds, more),
      delete: (key, more) => limiter.delete(hashed(key), more),
      get: (key, more) => limiter.get(hashed(key), more),
    };
  };
}

/** What a key is counted under: neither addresses nor e-mail addresses are kept. */
function countId(secret: string, key: string | number): string {
  const hash = createHmac("sha256", secret).update(`quicksand count:${key}`).digest("base64url");
  return hash.slice(0, 22);
}

const SAVE_MS = 1_000;
/** Counts of one write; requests are served between the writes. */
const BATCH = 500;

export interface LimitersOptions {
  keeper: CountKeeper;
  secret: string;
  log: Logger;
}

/**
 * Limiters whose counts survive a restart. They count in memory, since requests must not wait for a disk, and what has changed is written once
 * a second and when the server stops: a process that is killed forgets the last second.
 */
export class Limiters {
  readonly #options: LimitersOptions;
  readonly #limiters = new Map<string, RateLimiterMemory>();
  /** What is not written yet: limiter and key, by what they are kept under. */
  readonly #changed = new Map<string, { limiter: RateLimiterMemory; key: string }>();
  /** What was loaded for limiters that are not made yet. */
  readonly #loaded = new Map<string, { key: string; value: number; expiresAt: number }[]>();
  #timer: NodeJS.Timeout | undefined;
  #loads = true;
  #failed = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: LimitersOptions) {
    this.#options = options;
  }

  /** Loads what was kept, and begins to write. A keeper that is away is asked again. */
  async begin(): Promise<void> {
    this.#timer = setInterval(() => void this.#inTurn(), SAVE_MS).unref();
    await this.#inTurn();
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#inTurn();
  }

  readonly make: MakeLimiter = (options) => {
    const { keyPrefix } = options;
    const limiter = new RateLimiterMemory(options);
    this.#limiters.set(keyPrefix, limiter);
    this.#restore(keyPrefix);
    const noted = (key: string | number): string => {
      const id = this.#hash(key);
      this.#changed.set(`${keyPrefix} ${id}`, { limiter, key: id });
      return id;
    };
    return {
      consume: (key, points, more) => limiter.consume(noted(key), points, more),
      penalty: (key, points, more) => limiter.penalty(noted(key), points, more),
      reward: (key, points, more) => limiter.reward(noted(key), points, more),
      block: (key, seconds, more) => limiter.block(noted(key), seconds, more),
      delete: (key, more) => limiter.delete(noted(key), more),
      get: (key, more) => limiter.get(this.#hash(key), more),
    };
  };

  /** Everything is counted under a hash: counts are written down, addresses are not. */
  #hash(key: string | number): string {
    return countId(this.#options.secret, key);
  }

  #inTurn(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      try {
        if (this.#loads) await this.#load();
        await this.#save();
        this.#failed = false;
      } catch (error) {
        if (!this.#failed) {
          this.#options.log.warn({ err: error }, "rates and lock-outs could not be kept; trying again");
        }
        this.#failed = true;
      }
    });
    return this.#saving;
  }

  async #load(): Promise<void> {
    for (const { key, points, expiresAt } of await this.#options.keeper.loadCounts(new Date())) {
      const end = key.lastIndexOf(" ");
      const prefix = key.slice(0, end);
      const kept = this.#loaded.get(prefix) ?? [];
      kept.push({ key: key.slice(end + 1), value: points, expiresAt: expiresAt.getTime() });
      this.#loaded.set(prefix, kept);
    }
    this.#loads = false;
    for (const prefix of this.#limiters.keys()) this.#restore(prefix);
  }

  #restore(prefix: string): void {
    const storage = this.#loaded.get(prefix);
    this.#loaded.delete(prefix);
    if (storage) this.#limiters.get(prefix)?.restore({ version: 1, storage });
  }

  async #save(): Promise<void> {
    while (this.#changed.size > 0) {
      const batch = [...this.#changed].slice(0, BATCH);
      const counts: KeptCount[] = [];
      for (const [key, { limiter, key: id }] of batch) {
        const count = await limiter.get(id);
        const expiresAt = new Date(Date.now() + (count?.msBeforeNext ?? 0));
        counts.push({ key, points: count?.consumedPoints ?? 0, expiresAt });
        this.#changed.delete(key);
      }
      try {
        await this.#options.keeper.saveCounts(counts);
      } catch (error) {
        for (const [key, changed] of batch) this.#changed.set(key, changed);
        throw error;
      }
    }
  }
}

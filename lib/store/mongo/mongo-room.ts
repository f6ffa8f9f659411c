import { isLow, type Room, tighter } from "../room";

/** How old an answer may be before a new one is asked for, while runs go on with the old one; and when they wait for the new one. */
const FRESH_MS = 1_000;
const STALE_MS = 60_000;
/** Some servers count their documents to answer: asking takes at most this share of their time. */
const SHARE = 0.02;

/** The part of `dbStats` that says how much room there is. Not every server knows its disk. */
interface Stats {
  dataSize?: number;
  indexSize?: number;
  freeStorageSize?: number;
  fsTotalSize?: number;
  fsUsedSize?: number;
}

/** Room on the disk of the MongoDB server, as far as it tells, and within the operator's limit. */
export class MongoRoom {
  readonly #ask: () => Promise<unknown>;
  readonly #limitBytes: number | undefined;
  #last: Room | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;
  #tookMs = 0;

  constructor(ask: () => Promise<unknown>, limitBytes: number | undefined) {
    this.#ask = ask;
    this.#limitBytes = limitBytes;
  }

  async isLow(): Promise<boolean> {
    return isLow(await this.look());
  }

  async look(): Promise<Room | null> {
    const ageMs = performance.now() - this.#askedAt;
    if (ageMs > (this.#isClose() ? FRESH_MS : Math.max(FRESH_MS, this.#tookMs / SHARE))) {
      this.#asking ??= this.#refresh().finally(() => {
        this.#asking = undefined;
      });
      // Nobody may wait for it; who does still sees the error.
      this.#asking.catch(() => {});
      // Close to the end every run is looked at.
      if (ageMs > STALE_MS || this.#isClose()) await this.#asking;
    }
    return this.#last;
  }

  /** After a deletion, or when the server said that it is full. */
  forget(): void {
    this.#askedAt = Number.NEGATIVE_INFINITY;
  }

  #isClose(): boolean {
    return this.#last !== null && isLow({ ...this.#last, freeBytes: this.#last.freeBytes / 4 });
  }

  async #refresh(): Promise<void> {
    const askedAt = performance.now();
    const stats = (await this.#ask()) as Stats;
    this.#last = this.#roomOf(stats);
    this.#askedAt = performance.now();
    this.#tookMs = this.#askedAt - askedAt;
  }

  #roomOf({ dataSize = 0, indexSize = 0, freeStorageSize = 0, fsTotalSize, fsUsedSize }: Stats): Room | null {
    const disk =
      fsTotalSize === undefined || fsUsedSize === undefined || fsTotalSize === 0
        ? null
        : // What deletions left free in the files is used again.
          { totalBytes: fsTotalSize, freeBytes: fsTotalSize - fsUsedSize + freeStorageSize };
    return tighter(disk, this.#limitBytes, () => dataSize + indexSize);
  }
}

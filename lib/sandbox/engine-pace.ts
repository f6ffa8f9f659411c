/** The kinds of calls to the engine that something waits for. */
export type EngineCall = "ping" | "inspect" | "make" | "update" | "stats" | "kill" | "remove";

/** What a call of a kind may take on an engine whose pace is not known, or is as usual. */
const USUAL_TIMEOUT_MS: Record<EngineCall, number> = {
  // With the moment of silence before it, a dead engine is reported within 2 s.
  ping: 1_500,
  inspect: 1_500,
  make: 20_000,
  update: 5_000,
  // A run that is to be killed goes on meanwhile.
  stats: 1_000,
  kill: 5_000,
  remove: 20_000,
};

/** However slow an engine is, no call is waited for longer: a person would not either. */
const LONGEST_TIMEOUT_MS: Record<EngineCall, number> = {
  ping: 15_000,
  inspect: 15_000,
  make: 180_000,
  update: 60_000,
  stats: 5_000,
  kill: 60_000,
  remove: 60_000,
};

/** A call may take so many times what the slowest of its kind lately took. */
const MARGIN = 3;
/** What was learnt loses half its weight in this time, when the engine is not asked. */
const HALF_LIFE_MS = 60_000;

/** What calls of a kind have lately taken, and when that was learnt. */
interface Estimate {
  ms: number;
  at: number;
}

/**
 * How long one engine lately took to answer, and so how long to wait before it counts as away. On a machine at its limit
 * Docker answers late but does answer; with a fixed time-out its runs would end as our failure. See ADR 45.
 */
export class EnginePace {
  readonly #now: () => number;
  readonly #estimates = new Map<EngineCall, Estimate>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * How long to wait for the next call of a kind: as usual, or three times what such calls lately took, or as long as any call
   * took, whichever is most. The last means that the first kill on a slow machine is waited for because its containers came slowly.
   */
  timeoutMs(kind: EngineCall): number {
    const slowest = Math.max(0, ...[...this.#estimates.keys()].map((known) => this.#estimateMs(known)));
    const wanted = Math.max(USUAL_TIMEOUT_MS[kind], MARGIN * this.#estimateMs(kind), slowest);
    return Math.min(wanted, LONGEST_TIMEOUT_MS[kind]);
  }

  /** The longest that a call of a kind is ever waited for. */
  longestMs(kind: EngineCall): number {
    return LONGEST_TIMEOUT_MS[kind];
  }

  /**
   * To be called with what each answered call took, also when the answer came after its time-out. A slow answer counts at once, faster
   * ones halve the difference. A single answer, such as the first after the engine stood still, counts no more than the time-out that
   * it broke.
   */
  took(kind: EngineCall, ms: number): void {
    const before = this.#estimateMs(kind);
    const counted = Math.min(ms, this.timeoutMs(kind));
    this.#estimates.set(kind, {
      ms: counted > before ? counted : (counted + before) / 2,
      at: this.#now(),
    });
  }

  #estimateMs(kind: EngineCall): number {
    const estimate = this.#estimates.get(kind);
    if (!estimate) return 0;
    return estimate.ms * 2 ** ((estimate.at - this.#now()) / HALF_LIFE_MS);
  }
}

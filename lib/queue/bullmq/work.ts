import type { Redis } from "ioredis";
import { AppError } from "../../errors";
import { withTimeout } from "../../system/with-timeout";
import { type CloseOptions, Interrupted, type JobHandler, type RunJob, TakenAway } from "..";
import { RESTORE } from "./beat-scripts";
import type { EventWriter, WritingAttempt } from "./event-writer";
import { type Handing, KINDS } from "./handing";
import { isAway, type Link } from "./link";
import { BEGIN, LEAVE } from "./room-scripts";
import { type Taken, Taker } from "./taker";

/** How many jobs without a turn are handled concurrently. */
const ENDS_AT_ONCE = 50;

interface ActiveJob {
  job: RunJob;
  abort: AbortController;
  attempt: WritingAttempt;
  /** It holds a turn, which counts against this worker's. */
  hasTurn: boolean;
}

/** What a worker has been told of a run that it begins, as `BEGIN` answers it. */
type Begun = [string, number, string, number, string, number, unknown] | [null, unknown];

export interface WorkOptions {
  link: Link;
  handing: Handing;
  writer: EventWriter;
  handle: JobHandler;
  concurrency: number;
}

/** The jobs of one worker: takes them, has them handled, and gives back their turns. */
export class Work {
  readonly #options: WorkOptions;
  readonly #connection: Redis;
  readonly #takers: readonly Taker[];
  readonly #active = new Map<string, ActiveJob>();
  readonly #onIdle = new Set<() => void>();
  /** What Redis could not be told of jobs. */
  #unsaid: { id: string; release: boolean; done: boolean }[] = [];
  #turns = 0;
  #ends = 0;
  paused = false;

  constructor(options: WorkOptions) {
    this.#options = options;
    const { link, concurrency } = options;
    this.#connection = link.connection({ maxRetriesPerRequest: null });
    const room = {
      turn: () => (this.paused ? 0 : concurrency - this.#turns),
      end: () => ENDS_AT_ONCE - this.#ends,
    };
    this.#takers = KINDS.map(
      (kind) =>
        new Taker({
          ...{ link, connection: this.#connection, kind, room: room[kind] },
          onTaken: (taken) => void (kind === "turn" ? this.#take(taken, true) : this.#takeEnd(taken)),
        }),
    );
    link.on("x", ([id = ""]) => this.#cancel(id));
    link.on("t", ([id = ""]) => this.#active.get(id)?.abort.abort(new TakenAway()));
  }

  begin(): void {
    for (const taker of this.#takers) taker.begin();
  }

  /** There may be room again. */
  wake(): void {
    for (const taker of this.#takers) taker.wake();
  }

  /** Redis is reachable again: it is told what this worker has, and what it could not be told. */
  async resume(): Promise<void> {
    await Promise.all([...this.#active].map(([id, active]) => this.#restore(id, active)));
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    for (const { id, release, done } of unsaid) void this.#leave(id, release, done);
    this.wake();
  }

  /** Takes no more, and resolves when no job is left or all are given up. */
  async drain({ graceMs, interruptMs }: CloseOptions): Promise<void> {
    for (const taker of this.#takers) taker.stop();
    await this.#whenIdle(graceMs);
    for (const { abort } of this.#active.values()) abort.abort(new Interrupted());
    await this.#whenIdle(interruptMs);
    await Promise.all(this.#takers.map((taker) => taker.close()));
    this.#connection.disconnect();
  }

  async #takeEnd(taken: Taken): Promise<void> {
    this.#ends++;
    await this.#take(taken, false);
    this.#ends--;
    this.wake();
  }

  async #take(taken: Taken, hasTurn: boolean): Promise<void> {
    const { link, handing } = this.#options;
    const { id } = taken;
    if (hasTurn) this.#turns++;
    let begun: Begun;
    try {
      begun = (await link.run(BEGIN, id, link.process, this.#active.has(id) ? 1 : 0)) as Begun;
    } catch (error) {
      taken.letGo();
      if (!isAway(error)) link.log.error({ err: error, run: id }, "a job could not be begun");
      if (hasTurn) this.#freeTurn();
      return;
    }
    handing.take(begun.at(-1));
    const [job, number] = begun;
    if (job === null) {
      if (hasTurn) this.#freeTurn();
      await taken.complete();
      return;
    }
    const [, , cancelled, heard, lastSeq, holdsTurn] = begun as Exclude<Begun, [null, unknown]>;
    if (hasTurn && !holdsTurn) this.#freeTurn();
    await this.#handle(
      JSON.parse(job),
      { number: number as number, heard: heard === 1 },
      {
        cancelled: cancelled !== "",
        lastSeq: Number(lastSeq),
        hasTurn: hasTurn && holdsTurn === 1,
      },
    );
    await taken.complete();
  }

  async #handle(
    job: RunJob,
    attempt: { number: number; heard: boolean },
    begun: { cancelled: boolean; lastSeq: number; hasTurn: boolean },
  ): Promise<void> {
    const { id } = job;
    const { writer, handle } = this.#options;
    const abort = new AbortController();
    const onTaken = () => abort.abort(new TakenAway());
    const active: ActiveJob = {
      ...{ job, abort, hasTurn: begun.hasTurn },
      attempt: { number: attempt.number, lastSeq: begun.lastSeq, onTaken },
    };
    this.#active.set(id, active);
    writer.begin(id, active.attempt);
    if (begun.cancelled) this.#cancel(id);
    const release = () => {
      if (!active.hasTurn) return;
      active.hasTurn = false;
      this.#freeTurn();
      void this.#leave(id, true, false);
    };
    await handle(job, abort.signal, release, attempt);
    await writer.flush(id);
    writer.end(id);
    if (this.#active.get(id) === active) this.#active.delete(id);
    await this.#leave(id, false, true);
    this.wake();
    if (this.#active.size === 0) for (const resolve of this.#onIdle) resolve();
  }

  /** Gives back a turn, or says that a job is done. */
  async #leave(id: string, release: boolean, done: boolean): Promise<void> {
    const { link, handing } = this.#options;
    try {
      handing.take(await link.run(LEAVE, id, link.process, release ? 1 : 0, done ? 1 : 0));
    } catch (error) {
      if (isAway(error)) this.#unsaid.push({ id, release, done });
      else link.log.error({ err: error, run: id }, "a turn could not be given back");
    }
  }

  async #restore(id: string, { job, abort, attempt, hasTurn }: ActiveJob): Promise<void> {
    const { link } = this.#options;
    const { mode, request, signals, usage } = job;
    const facts = JSON.stringify({
      mode,
      hasTests: request.tests.length > 0,
      signals: signals === true,
      usage,
    });
    const said = [JSON.stringify(job), attempt.number, attempt.lastSeq, facts, hasTurn ? 1 : 0];
    try {
      const answer = await link.run(RESTORE, id, link.process, ...said, ...holdersOf(job));
      if (answer === 0) abort.abort(new TakenAway());
      if (answer === 2) this.#cancel(id);
    } catch (error) {
      if (!isAway(error)) link.log.error({ err: error, run: id }, "a job could not be restored");
    }
  }

  #cancel(id: string): void {
    this.#active.get(id)?.abort.abort(new AppError("conflict", "The run was cancelled."));
  }

  #freeTurn(): void {
    this.#turns--;
    this.wake();
  }

  #whenIdle(ms: number): Promise<void> {
    if (this.#active.size === 0) return Promise.resolve();
    const idle = new Promise<void>((resolve) => {
      this.#onIdle.add(resolve);
    });
    return withTimeout(idle, ms, () => {});
  }
}

/** Whose turns a job takes: keys and the most that each may hold, as scripts take them. */
export function holdersOf({ account, parallel, networks }: RunJob): (string | number)[] {
  return [account, parallel, ...networks.flatMap((network) => [network.key, network.parallel])];
}

import type { Redis } from "ioredis";
import { AppError } from "../../errors";
import { withTimeout } from "../../system/with-timeout";
import { type CloseOptions, factsOf, Interrupted, type JobHandler, type RunJob, TakenAway } from "..";
import { parseJob } from "../job-schema";
import { RESTORE } from "./beat-scripts";
import type { EventWriter, WritingAttempt } from "./event-writer";
import { type Handing, KINDS, type Kind } from "./handing";
import { isAway, type Link } from "./link";
import { BEGIN, DISOWN, LEAVE } from "./room-scripts";
import { type Taken, Taker } from "./taker";

/** How many jobs without a turn are handled concurrently. */
const ENDS_AT_ONCE = 50;

interface ActiveJob {
  job: RunJob;
  abort: AbortController;
  attempt: WritingAttempt;
  /** The number of the `BEGIN` that gave it. */
  begun: number;
  /** It holds a turn, which counts against this worker's. */
  hasTurn: boolean;
}

/** What a worker has been told of a run that it begins, as `BEGIN` answers it. */
type Begun = [string, number, string, number, string, number, unknown];

/** What Redis is to be told of a try: that it gives back its turn, or is done. */
interface Leaving {
  id: string;
  attempt: number;
  release: boolean;
  done: boolean;
}

export interface WorkOptions {
  link: Link;
  handing: Handing;
  writer: EventWriter;
  handle: JobHandler;
  concurrency: number;
  /** As `Queue.pause` has it. */
  paused: boolean;
}

/** The jobs of one worker: takes them, has them handled, and gives back their turns. */
export class Work {
  readonly #options: WorkOptions;
  readonly #connection: Redis;
  readonly #takers: readonly Taker[];
  readonly #active = new Map<string, ActiveJob>();
  /** Runs whose `BEGIN` is not answered yet. */
  readonly #beginning = new Set<string>();
  /** What Redis has not said to have heard, and whether it is just being told. */
  readonly #unsaid = new Map<Leaving, { sending: boolean }>();
  readonly #onIdle = new Set<() => void>();
  #begins = 0;
  /** Jobs, from before their `BEGIN` on, and what Redis is just told of some. */
  #underway = 0;
  #turns = 0;
  #ends = 0;
  #stopped = false;
  #paused: boolean;

  constructor(options: WorkOptions) {
    this.#options = options;
    const { link, concurrency, paused } = options;
    this.#paused = paused;
    this.#connection = link.connection({ maxRetriesPerRequest: null });
    const room = {
      turn: () => (this.#paused ? 0 : concurrency - this.#turns),
      end: () => ENDS_AT_ONCE - this.#ends,
    };
    this.#takers = KINDS.map(
      (kind) =>
        new Taker({
          ...{ link, connection: this.#connection, kind, room: room[kind] },
          onTaken: (taken) => void this.#counted(() => this.#take(taken, kind)),
        }),
    );
    link.on("x", ([id = ""]) => this.#cancel(id));
    link.on("t", ([id = ""]) => this.#active.get(id)?.abort.abort(new TakenAway()));
    link.on("o", ([id = ""]) => {
      if (!this.#has(id) && !this.#beginning.has(id)) void this.#counted(() => this.#disown(id));
    });
  }

  begin(): void {
    for (const taker of this.#takers) taker.begin();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.wake();
  }

  /** There may be room again. */
  wake(): void {
    for (const taker of this.#takers) taker.wake();
  }

  /** Redis is reachable again: it is told what this worker has, and what it could not be told. */
  async resume(): Promise<void> {
    await Promise.all([...this.#active].map(([id, active]) => this.#restore(id, active)));
    this.tellUnsaid();
    this.wake();
  }

  /** Redis answers: it is told what it did not answer. */
  tellUnsaid(): void {
    for (const [leaving, { sending }] of this.#unsaid) if (!sending) void this.#leave(leaving);
  }

  /** Takes no more, and resolves when no job is left or all are given up. */
  async drain({ graceMs, interruptMs }: CloseOptions): Promise<void> {
    this.#stopped = true;
    for (const taker of this.#takers) taker.stop();
    await this.#whenIdle(graceMs);
    for (const { abort } of this.#active.values()) abort.abort(new Interrupted());
    await this.#whenIdle(interruptMs);
    await Promise.all(this.#takers.map((taker) => taker.close()));
    this.#connection.disconnect();
  }

  async #take(taken: Taken, kind: Kind): Promise<void> {
    if (kind === "turn") this.#turns++;
    else this.#ends++;
    const number = ++this.#begins;
    const begun = await this.#begin(taken, number);
    const hasTurn = kind === "turn" && begun?.[5] === 1;
    if (kind === "turn" && !hasTurn) this.#freeTurn();
    if (begun) await this.#handleTaken(taken, begun, { number, hasTurn });
    if (kind === "end") this.#ends--;
    this.wake();
  }

  /** `null` where there is nothing to do, or Redis did not answer. */
  async #begin(taken: Taken, number: number): Promise<Begun | null> {
    const { link, handing } = this.#options;
    const { id } = taken;
    this.#beginning.add(id);
    try {
      const has = this.#has(id) ? 1 : 0;
      const answer = (await link.run(BEGIN, id, link.process, has, number)) as Begun | [null, unknown];
      handing.take(answer.at(-1));
      if (answer[0] !== null) return answer;
    } catch (error) {
      // Whether it was done is found out when somebody is given it again, or this worker is asked for it.
      taken.letGo();
      if (!isAway(error)) link.log.error({ err: error, run: id }, "a job could not be begun");
      return null;
    } finally {
      this.#beginning.delete(id);
    }
    await taken.complete();
    return null;
  }

  async #handleTaken(
    taken: Taken,
    [json, attempt, cancelled, heard, lastSeq]: Begun,
    { number, hasTurn }: { number: number; hasTurn: boolean },
  ): Promise<void> {
    const { id } = taken;
    const job = this.#stopped ? null : this.#parsed(id, json);
    if (job) {
      const abort = new AbortController();
      const onTaken = () => abort.abort(new TakenAway());
      const writing = { number: attempt, lastSeq: Number(lastSeq), onTaken };
      const active: ActiveJob = { job, abort, attempt: writing, begun: number, hasTurn };
      this.#active.set(id, active);
      if (cancelled !== "") this.#cancel(id);
      await this.#handle(active, heard === 1);
      return taken.complete();
    }
    if (hasTurn) this.#freeTurn();
    // BullMQ's part of it is over before it is handed out again, or that would be in vain.
    await taken.complete();
    if (this.#stopped) await this.#disown(id);
    // Nobody can do it; its run is closed as one that the queue has lost, and not counted.
    else await this.#leave({ id, attempt, release: true, done: true });
  }

  async #handle(active: ActiveJob, heard: boolean): Promise<void> {
    const { job, abort, attempt } = active;
    const { id } = job;
    const { link, writer, handle } = this.#options;
    const { number } = attempt;
    writer.begin(id, attempt);
    const release = () => {
      if (!active.hasTurn) return;
      active.hasTurn = false;
      this.#freeTurn();
      void this.#counted(() => this.#leave({ id, attempt: number, release: true, done: false }));
    };
    try {
      await handle(job, abort.signal, release, { number, heard });
    } catch (error) {
      link.log.error({ err: error, run: id }, "a job was not handled to its end");
      release();
    }
    await writer.flush(id);
    writer.end(id);
    const left = this.#leave({ id, attempt: number, release: false, done: true });
    this.#active.delete(id);
    await left;
  }

  /** `null`, and said in the log, where it is none of this version's. */
  #parsed(id: string, json: string): RunJob | null {
    try {
      const job = parseJob(json);
      if (job.id !== id) throw new Error(`The job is of another run, ${JSON.stringify(job.id)}.`);
      return job;
    } catch (error) {
      const what =
        "a job in Redis cannot be read and is given up: another version, or something else, wrote it";
      this.#options.link.log.error({ err: error, run: id }, what);
      return null;
    }
  }

  /** Gives back a turn, or says that a job is done. What cannot be said now is said later. */
  async #leave(leaving: Leaving): Promise<void> {
    const { link, handing } = this.#options;
    const { id, attempt, release, done } = leaving;
    this.#unsaid.set(leaving, { sending: true });
    try {
      handing.take(await link.run(LEAVE, id, link.process, attempt, release ? 1 : 0, done ? 1 : 0));
      this.#unsaid.delete(leaving);
    } catch (error) {
      if (isAway(error)) this.#unsaid.set(leaving, { sending: false });
      else {
        this.#unsaid.delete(leaving);
        link.log.error({ err: error, run: id }, "a turn could not be given back");
      }
    }
  }

  /** Redis has it that this worker has the run, and it has not. */
  async #disown(id: string): Promise<void> {
    const { link, handing } = this.#options;
    try {
      handing.take(await link.run(DISOWN, id, link.process, this.#begins));
    } catch (error) {
      // It is asked again.
      if (!isAway(error)) link.log.error({ err: error, run: id }, "a job could not be given back");
    }
  }

  async #restore(id: string, { job, abort, attempt, begun, hasTurn }: ActiveJob): Promise<void> {
    const { link } = this.#options;
    const facts = JSON.stringify(factsOf(job));
    const said = [JSON.stringify(job), attempt.number, attempt.lastSeq, facts, begun, hasTurn ? 1 : 0];
    try {
      const answer = await link.run(RESTORE, id, link.process, ...said, ...holdersOf(job));
      if (answer === 0) abort.abort(new TakenAway());
      if (answer === 2) this.#cancel(id);
    } catch (error) {
      if (!isAway(error)) link.log.error({ err: error, run: id }, "a job could not be restored");
    }
  }

  /** Whether it is being done here, or was and Redis may not know. */
  #has(id: string): boolean {
    return this.#active.has(id) || [...this.#unsaid.keys()].some((each) => each.done && each.id === id);
  }

  #cancel(id: string): void {
    this.#active.get(id)?.abort.abort(new AppError("conflict", "The run was cancelled."));
  }

  #freeTurn(): void {
    this.#turns--;
    this.wake();
  }

  async #counted(work: () => Promise<void>): Promise<void> {
    this.#underway++;
    await work();
    this.#underway--;
    if (this.#underway === 0) for (const resolve of this.#onIdle) resolve();
  }

  #whenIdle(ms: number): Promise<void> {
    if (this.#underway === 0) return Promise.resolve();
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

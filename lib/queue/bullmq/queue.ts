import { type CloseOptions, type JobHandler, type Queue, type QueueState, queueFull, stopping } from "..";
import { queueUnavailable } from "../refusals";
import { BEAT, GONE, RESTORE } from "./beat-scripts";
import type { EventWriter } from "./event-writer";
import { bullPrefix, Handing } from "./handing";
import { isAway, type Link } from "./link";
import { ADD, BEGIN, CANCEL, DISOWN, DROP, KNOWS, LEAVE, TELL, UNBEGUN } from "./room-scripts";
import { holdersOf, Work } from "./work";

const BEAT_MS = 2_000;

export interface RedisQueueOptions {
  link: Link;
  /** Jobs that may wait for a turn. */
  limit: number;
}

/**
 * The queue of several processes. Jobs wait in a room in Redis (`room.ts`), where turns are given; those that have theirs go through BullMQ, whose workers
 * take them and are noticed when they are lost.
 */
export class RedisQueue implements Queue {
  readonly #link: Link;
  readonly #limit: number;
  readonly #handing: Handing;
  readonly #beats: NodeJS.Timeout;
  #writer: EventWriter | null = null;
  #work: Work | null = null;
  #concurrency = 0;
  #paused = false;
  #closed = false;
  #missedBeats = 0;
  #beating: Promise<void> | null = null;
  /** The beat after the one that is being said. */
  #nextBeat: Promise<void> | null = null;
  #nextIsThorough = false;

  constructor({ link, limit }: RedisQueueOptions) {
    this.#link = link;
    this.#limit = limit;
    link.register(ADD, TELL, CANCEL, DROP, BEGIN, DISOWN, LEAVE, KNOWS, UNBEGUN, BEAT, GONE, RESTORE);
    this.#handing = new Handing(link, () => this.#tell());
    // Before anything else is said: whose jobs there are.
    link.onReady(() => {
      void this.#work?.resume();
      void this.#beat(true);
    });
    this.#beats = setInterval(() => void this.#beat(false), BEAT_MS).unref();
  }

  /** What jobs write their events with. */
  set writer(writer: EventWriter) {
    this.#writer = writer;
  }

  add: Queue["add"] = async (job) => {
    if (this.#closed) throw stopping();
    const { id, group, account } = job;
    const said = [id, JSON.stringify(job), group, account, this.#limit];
    const [answer, ...more] = (await this.#link.run(ADD, ...said, ...holdersOf(job))) as [
      string,
      ...unknown[],
    ];
    if (answer === "full") {
      const [waiting, concurrency] = more as [number, number];
      throw queueFull({ waiting, concurrency });
    }
    // Redis began anew since the run was opened.
    if (answer !== "ok") throw queueUnavailable();
    this.#handing.take(more);
  };

  async work(handle: JobHandler, { concurrency }: { concurrency: number }): Promise<void> {
    if (!this.#writer) throw new Error("The channel is not there yet.");
    this.#concurrency = concurrency;
    const ports = { link: this.#link, handing: this.#handing, writer: this.#writer };
    this.#work = new Work({ ...ports, handle, concurrency, paused: this.#paused });
    this.#work.begin();
    await this.#beat(true);
  }

  async pause(paused: boolean): Promise<void> {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (!this.#work) return;
    this.#work.pause(paused);
    await this.#beat(true);
  }

  async state(): Promise<QueueState> {
    const { prefix } = this.#link;
    const [running, concurrency, waiting] = await this.#link.ask((redis) =>
      Promise.all([
        redis.hlen(`${prefix}turn`),
        redis.get(`${prefix}capacity`),
        redis.hlen(`${prefix}place`),
      ]),
    );
    return { running, concurrency: Number(concurrency ?? 0), waiting, limit: this.#limit };
  }

  async knows(runIds: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set((await this.#link.run(KNOWS, ...runIds)) as string[]);
    return known.has("*") ? new Set(runIds) : known;
  }

  async unbegun(runIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#link.run(UNBEGUN, ...runIds)) as string[]);
  }

  async close(options: CloseOptions): Promise<void> {
    this.#closed = true;
    const work = this.#work;
    if (!work) return;
    this.#concurrency = 0;
    const told = this.#beat(true);
    await work.drain(options);
    await told;
    this.#work = null;
  }

  /** Ends this process's part of the queue, after `close`. */
  async leave(): Promise<void> {
    clearInterval(this.#beats);
    await this.#link.run(GONE, this.#link.process).catch(() => {});
    await this.#handing.close();
  }

  async cancel(runId: string): Promise<void> {
    this.#handing.take(await this.#link.run(CANCEL, runId));
  }

  async drop(runId: string): Promise<void> {
    this.#handing.take(await this.#link.run(DROP, runId));
  }

  sweep(): void {
    void this.#beat(true);
  }

  #tell(): void {
    void this.#link.run(TELL).then(
      (answer) => this.#handing.take(answer),
      (error: unknown) => this.#note(error),
    );
  }

  /**
   * `thorough` also looks after what others may have left, and after what is due. One at a time, so that Redis being slow once is not taken for
   * two beats that it missed; what is wanted meanwhile is one more.
   */
  #beat(thorough: boolean): Promise<void> {
    if (this.#beating && !thorough) return this.#beating;
    this.#nextIsThorough ||= thorough;
    this.#nextBeat ??= (this.#beating ?? Promise.resolve()).then(() => {
      const wanted = this.#nextIsThorough;
      this.#nextBeat = null;
      this.#nextIsThorough = false;
      this.#beating = this.#sayBeat(wanted).finally(() => {
        this.#beating = null;
      });
      return this.#beating;
    });
    return this.#nextBeat;
  }

  async #sayBeat(thorough: boolean): Promise<void> {
    const takes = this.#work !== null && !this.#closed;
    const turns = !takes ? "" : this.#paused ? 0 : this.#concurrency;
    const said = [this.#link.process, turns, `${bullPrefix(this.#link)}:`, thorough ? 1 : 0];
    try {
      this.#handing.take(await this.#link.run(BEAT, ...said));
      this.#missedBeats = 0;
      this.#work?.tellUnsaid();
    } catch (error) {
      this.#note(error);
      if (!this.#link.ready || ++this.#missedBeats < 2) return;
      this.#missedBeats = 0;
      this.#link.reconnect();
    }
  }

  #note(error: unknown): void {
    if (!isAway(error)) this.#link.log.error({ err: error }, "the queue in Redis failed");
  }
}

import type { Channel, RunFacts } from "..";
import { OPEN } from "./channel-scripts";
import { Controls } from "./controls";
import { EventReader } from "./event-reader";
import { EventWriter } from "./event-writer";
import { Followings } from "./followings";
import { isAway, type Link } from "./link";

/** What the queue of the same process does for the channel. */
export interface RoomDoor {
  /** The run is cancelled, wherever it is. */
  cancel(runId: string): Promise<void>;
  /** The run was not accepted after all. */
  drop(runId: string): Promise<void>;
  /** Has Redis look after what is due. */
  sweep(): void;
}

/** Runs whose cancel or withdrawal is kept until Redis is back. */
const KEPT_RUNS = 10_000;

/** The channel of several processes: events in a stream for each run, sent to those who watch as they are written. */
export class RedisChannel implements Channel {
  readonly writer: EventWriter;
  readonly #link: Link;
  readonly #reader: EventReader;
  readonly #controls: Controls;
  readonly #followings: Followings;
  readonly #door: RoomDoor;
  /** What could not be said to Redis. */
  readonly #later = new Map<string, "cancel" | "drop">();

  constructor(link: Link, door: RoomDoor) {
    this.#link = link;
    this.#door = door;
    this.writer = new EventWriter(link);
    this.#reader = new EventReader(link, {
      onEnd: (id) => this.#followings.end(id),
      onUnwatched: (id) => this.#followings.leave(id),
      onKnownAgain: (id) => this.#followings.retell(id),
      flush: (id) => this.writer.flush(id),
    });
    this.#controls = new Controls(link);
    this.#followings = new Followings(link, () => door.sweep());
    link.onReady(() => {
      const kept = [...this.#later];
      this.#later.clear();
      for (const [id, what] of kept) this.#say(id, what);
    });
  }

  open(runId: string, facts?: RunFacts): void {
    this.#reader.open(runId);
    // Where it fails, so does `Queue.add`, which finds no run of this id.
    const said = facts === undefined ? "" : JSON.stringify(facts);
    void this.#link.run(OPEN, runId, this.#link.process, said).catch(() => {});
  }

  find: Channel["find"] = async (runId) => {
    try {
      const facts = await this.#link.ask((redis) => redis.hget(`${this.#link.prefix}run:${runId}`, "facts"));
      return facts ? (JSON.parse(facts) as RunFacts) : null;
    } catch (error) {
      if (isAway(error)) return null;
      throw error;
    }
  };

  drop(runId: string): void {
    this.writer.forget(runId);
    this.#reader.drop(runId);
    this.#say(runId, "drop");
  }

  append: Channel["append"] = (runId, event) => this.writer.append(runId, event);

  watch: Channel["watch"] = (runId, afterSeq) => this.#reader.watch(runId, afterSeq);

  read: Channel["read"] = async (runId) => {
    try {
      await this.writer.flush(runId);
      return await this.#reader.read(runId);
    } catch (error) {
      if (isAway(error)) return null;
      throw error;
    }
  };

  follow: Channel["follow"] = (runId) => this.#followings.follow(runId, this.#reader.has(runId));

  endUnfollowed: Channel["endUnfollowed"] = (runId, ms) =>
    this.#followings.endUnfollowed(runId, ms, this.#reader.has(runId));

  send: Channel["send"] = async (runId, control) => {
    // What this process has said of the run is written first, its end above all.
    await this.writer.flush(runId);
    if (control.type !== "cancel") await this.#controls.say(runId, control);
    else await this.#do(runId, "cancel");
  };

  controls: Channel["controls"] = (runId) => this.#controls.read(runId);

  #say(runId: string, what: "cancel" | "drop"): void {
    void this.#do(runId, what).catch((error: unknown) => {
      this.#link.log.error({ err: error, run: runId }, "a run could not be ended");
    });
  }

  /** A cancel that Redis cannot be told of now takes effect when it is back. */
  async #do(runId: string, what: "cancel" | "drop"): Promise<void> {
    try {
      await this.#door[what](runId);
    } catch (error) {
      if (!isAway(error)) throw error;
      if (this.#later.size < KEPT_RUNS) this.#later.set(runId, what);
    }
  }
}

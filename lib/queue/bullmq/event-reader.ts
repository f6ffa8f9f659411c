import type { LiveEvent, LoggedEvent } from "..";
import { OPEN, UNWATCH, WATCH } from "./channel-scripts";
import { EventFeed, type FoundEvents } from "./event-feed";
import { isAway, type Link } from "./link";

/** A Redis that began anew knows no run until its worker has said so; after this time a run that it does not know is over. */
const RESTORE_MS = 10_000;
const RESTORE_RETRY_MS = 1_000;
/** Where Redis does not answer, it is asked again after so long, then after twice that, and so on. */
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 3_000;
/** Runs whose events are asked for at once: after an outage all are, and one connection brings them within the time that a command has. */
const LOADS_AT_ONCE = 8;

type ReaderLink = Pick<Link, "process" | "ready" | "log" | "register" | "on" | "onReady" | "run">;

/** The loading of a run's events. */
interface Load {
  /** Where Redis does not know the run, it is asked for again for so long. */
  patienceMs: number;
  /** What there is has to be asked for once more: the answer on its way may be older than what is missed. */
  again: boolean;
  done: Promise<void>;
}

export interface EventReaderOptions {
  /** Is told of runs that have ended and were opened or watched here. */
  onEnd: (runId: string) => void;
  /** Is told of runs whose events come here no more, since nobody watches them. */
  onUnwatched: (runId: string) => void;
  /** Is told of runs that Redis had forgotten and knows again, since their worker has told of them. */
  onKnownAgain: (runId: string) => void;
  /** Writes what this process has of a run and has not written yet. */
  flush: (runId: string) => Promise<void>;
}

/** The events of runs as they are seen at this process: those that it has opened, and those that are watched here. */
export class EventReader {
  readonly #link: ReaderLink;
  readonly #feeds = new Map<string, EventFeed>();
  readonly #loads = new Map<string, Load>();
  readonly #waiting: (() => void)[] = [];
  readonly #options: EventReaderOptions;
  #asking = 0;

  constructor(link: ReaderLink, options: EventReaderOptions) {
    this.#link = link;
    this.#options = options;
    link.register(OPEN, WATCH, UNWATCH);
    link.on("e", ([id = "", first = "", json = ""]) => this.#receive(id, Number(first), json));
    link.on("d", ([id = ""]) => this.drop(id));
    // Messages of meanwhile are lost.
    link.onReady(() => {
      for (const id of this.#feeds.keys()) void this.#load(id, RESTORE_MS);
    });
  }

  open(runId: string): EventFeed {
    const feed = this.#addFeed(runId);
    feed.load({ lastSeq: 0, ended: false, events: [] });
    return feed;
  }

  watch(runId: string, afterSeq: number): AsyncIterableIterator<LoggedEvent> {
    const found = this.#feeds.get(runId);
    const feed = found ?? this.#addFeed(runId);
    const events = feed.watch(afterSeq, async () => {
      await this.#options.flush(runId);
      await this.#load(runId, 0);
    });
    if (!found) void this.#load(runId, 0);
    return events;
  }

  /** Ends it for those who watch it here. */
  drop(runId: string): void {
    const feed = this.#feeds.get(runId);
    this.#feeds.delete(runId);
    feed?.close();
    this.#options.onEnd(runId);
  }

  /** Whether the run's events come here, and it has not ended as far as is known. */
  has(runId: string): boolean {
    const feed = this.#feeds.get(runId);
    return feed !== undefined && !feed.ended;
  }

  async read(runId: string): Promise<readonly LiveEvent[] | null> {
    const found = await this.#ask(runId, "", 0);
    return found?.events.map(({ event }) => event) ?? null;
  }

  #addFeed(runId: string): EventFeed {
    const feed = new EventFeed(() => {
      if (this.#feeds.get(runId) !== feed) return;
      this.#feeds.delete(runId);
      this.#options.onUnwatched(runId);
      if (!feed.ended) void this.#link.run(UNWATCH, runId, this.#link.process).catch(() => {});
    });
    this.#feeds.set(runId, feed);
    return feed;
  }

  #receive(runId: string, first: number, json: string): void {
    const feed = this.#feeds.get(runId);
    if (!feed) return;
    const events: LiveEvent[] = JSON.parse(json);
    // A load that is on its way sees to what came too early.
    if (!feed.add(first, events) && !this.#loads.has(runId)) void this.#load(runId, 0);
    if (feed.ended) this.#noteEnd(runId, feed);
  }

  #noteEnd(runId: string, feed: EventFeed): void {
    if (!feed.watched && this.#feeds.get(runId) === feed) this.#feeds.delete(runId);
    this.#options.onEnd(runId);
  }

  /** Resolves when the feed has what there is now. While Redis is away nothing is known; when it is back all are loaded. */
  #load(runId: string, patienceMs: number): Promise<void> {
    const loading = this.#loads.get(runId);
    if (loading) {
      loading.again = true;
      loading.patienceMs = Math.max(loading.patienceMs, patienceMs);
      return loading.done;
    }
    const load: Load = { patienceMs, again: false, done: Promise.resolve() };
    this.#loads.set(runId, load);
    load.done = this.#loadAll(runId, load);
    return load.done;
  }

  /** What wants a load once more from the moment that this is decided to be over begins one of its own. */
  async #loadAll(runId: string, load: Load): Promise<void> {
    const isOver = () => this.#loads.delete(runId);
    let waitedMs = 0;
    let retryMs = FIRST_RETRY_MS;
    for (;;) {
      const feed = this.#feeds.get(runId);
      if (!feed || feed.ended) return void isOver();
      let found: FoundEvents | null;
      try {
        found = await this.#inTurn(() => {
          load.again = false;
          return this.#ask(runId, this.#link.process, feed.lastSeq);
        });
        retryMs = FIRST_RETRY_MS;
      } catch (error) {
        if (!isAway(error)) this.#link.log.error({ err: error, run: runId }, "events could not be read");
        if (!this.#link.ready && !load.again) return void isOver();
        await pause(retryMs);
        retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
        continue;
      }
      if (this.#feeds.get(runId) !== feed) continue;
      if (found) {
        const whole = feed.load(found);
        if (waitedMs > 0 && !feed.ended) this.#options.onKnownAgain(runId);
        waitedMs = 0;
        if (feed.ended) this.#noteEnd(runId, feed);
        if (feed.ended || (whole && !load.again)) return void isOver();
      } else {
        if (waitedMs >= load.patienceMs) {
          this.drop(runId);
          return void isOver();
        }
        await pause(RESTORE_RETRY_MS);
        waitedMs += RESTORE_RETRY_MS;
      }
    }
  }

  async #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#asking >= LOADS_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#asking++;
    try {
      return await ask();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#asking--;
    }
  }

  /** What there is after a number, `null` where the run is not known. From now on what is added goes to `process`, if one is said. */
  async #ask(runId: string, process: string, afterSeq: number): Promise<FoundEvents | null> {
    const answer = (await this.#link.run(WATCH, runId, process, afterSeq)) as WatchAnswer | null;
    if (!answer) return null;
    const [lastSeq, ended, entries] = answer;
    const events = entries.map(([id, [, json = ""]]) => ({
      seq: Number.parseInt(id, 10),
      event: JSON.parse(json) as LiveEvent,
    }));
    return { lastSeq: Number(lastSeq), ended: ended !== "", events };
  }
}

/** Last number, whether it has ended, and the entries of the stream: id, then names and values. */
type WatchAnswer = [string, string, [string, string[]][]];

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

import type { LiveEvent, LoggedEvent } from "..";
import { OPEN, UNWATCH, WATCH } from "./channel-scripts";
import { EventFeed } from "./event-feed";
import { isAway, type Link } from "./link";

/** A Redis that began anew knows no run until its worker has said so; after this time a run that it does not know is over. */
const RESTORE_MS = 10_000;
const RESTORE_RETRY_MS = 1_000;

export interface EventReaderOptions {
  /** Is told of runs that have ended and were opened or watched here. */
  onEnd: (runId: string) => void;
  /** Writes what this process has of a run and has not written yet. */
  flush: (runId: string) => Promise<void>;
}

/** The events of runs as they are seen at this process: those that it has opened, and those that are watched here. */
export class EventReader {
  readonly #link: Link;
  readonly #feeds = new Map<string, EventFeed>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #options: EventReaderOptions;

  constructor(link: Link, options: EventReaderOptions) {
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
    feed.load(0, [], false);
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
    const found = await this.#ask(runId, "");
    return found?.events ?? null;
  }

  #addFeed(runId: string): EventFeed {
    const feed = new EventFeed(() => {
      if (this.#feeds.get(runId) !== feed) return;
      this.#feeds.delete(runId);
      if (!feed.ended) void this.#link.run(UNWATCH, runId, this.#link.process).catch(() => {});
    });
    this.#feeds.set(runId, feed);
    return feed;
  }

  #receive(runId: string, first: number, json: string): void {
    const feed = this.#feeds.get(runId);
    if (!feed) return;
    const events: LiveEvent[] = JSON.parse(json);
    if (!feed.add(first, events)) void this.#load(runId, 0);
    if (feed.ended) this.#noteEnd(runId, feed);
  }

  #noteEnd(runId: string, feed: EventFeed): void {
    if (!feed.watched && this.#feeds.get(runId) === feed) this.#feeds.delete(runId);
    this.#options.onEnd(runId);
  }

  /** Where Redis does not know the run, it is asked for again for so long. While it is away nothing is known; when it is back all are loaded. */
  #load(runId: string, patienceMs: number): Promise<void> {
    const loading = this.#loading.get(runId);
    if (loading) return loading;
    const begun = this.#loadOnce(runId, patienceMs).finally(() => this.#loading.delete(runId));
    this.#loading.set(runId, begun);
    return begun;
  }

  async #loadOnce(runId: string, patienceMs: number): Promise<void> {
    try {
      for (let waited = 0; ; waited += RESTORE_RETRY_MS) {
        const feed = this.#feeds.get(runId);
        if (!feed || feed.ended) return;
        const found = await this.#ask(runId, this.#link.process);
        if (found) {
          feed.load(found.lastSeq, found.events, found.ended);
          if (feed.ended) this.#noteEnd(runId, feed);
          return;
        }
        if (waited >= patienceMs) {
          this.drop(runId);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RESTORE_RETRY_MS).unref());
      }
    } catch (error) {
      if (!isAway(error)) this.#link.log.error({ err: error, run: runId }, "events could not be read");
      if (this.#link.ready) setTimeout(() => void this.#load(runId, patienceMs), 200).unref();
    }
  }

  async #ask(
    runId: string,
    process: string,
  ): Promise<{ lastSeq: number; ended: boolean; events: LiveEvent[] } | null> {
    const answer = (await this.#link.run(WATCH, runId, process)) as WatchAnswer | null;
    if (!answer) return null;
    const [lastSeq, ended, entries] = answer;
    const events = entries.map(([, [, json = ""]]): LiveEvent => JSON.parse(json));
    return { lastSeq: Number(lastSeq), ended: ended !== "", events };
  }
}

/** Last number, whether it has ended, and the entries of the stream: id, then names and values. */
type WatchAnswer = [string, string, [string, string[]][]];

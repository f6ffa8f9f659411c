import { AppError } from "../../errors";
import {
  type Channel,
  Interrupted,
  type LoggedEvent,
  type ProgramControl,
  type RunFacts,
  runEnded,
} from "..";
import { ControlQueue } from "./control-queue";
import { EventLog } from "./event-log";
import { Followers } from "./followers";

/** How long a run can be resumed from memory after its end. */
const LINGER_MS = 60_000;
/** Text of ended runs that is held, in characters; beyond it the oldest are dropped before their time. */
const LINGER_CHARS = 32 * 1_048_576;

interface LiveEntry {
  log: EventLog;
  controls: ControlQueue;
  facts: RunFacts | null;
  followers: Followers;
  /** Aborts the run's job. */
  job: AbortController;
}

/** The channel of a single process: nothing is copied, and what has ended is dropped after a while. */
export class MemoryChannel implements Channel {
  readonly #live = new Map<string, LiveEntry>();
  /** Ended runs in the order of their ends. */
  readonly #ended = new Map<string, NodeJS.Timeout>();
  #endedChars = 0;

  open(runId: string, facts: RunFacts | null = null): void {
    this.#live.set(runId, {
      log: new EventLog(),
      controls: new ControlQueue(),
      facts,
      followers: new Followers(),
      job: new AbortController(),
    });
  }

  find: Channel["find"] = async (runId) => this.#live.get(runId)?.facts ?? null;

  drop(runId: string): void {
    this.#live.get(runId)?.log.close();
    this.#live.get(runId)?.followers.end();
    this.#forget(runId);
  }

  append: Channel["append"] = (runId, event) => {
    const entry = this.#live.get(runId);
    if (!entry || entry.log.ended) return;
    entry.log.append(event);
    if (entry.log.ended) this.#linger(runId, entry);
  };

  watch(runId: string, afterSeq: number): AsyncIterableIterator<LoggedEvent> {
    return this.#live.get(runId)?.log.watch(afterSeq) ?? nothing();
  }

  read: Channel["read"] = async (runId) => this.#live.get(runId)?.log.read() ?? null;

  follow: Channel["follow"] = (runId) => this.#live.get(runId)?.followers.follow() ?? (() => {});

  endUnfollowed: Channel["endUnfollowed"] = (runId, ms) => {
    const entry = this.#live.get(runId);
    if (!entry || entry.log.ended) return;
    entry.followers.whenNone(ms, () => void this.send(runId, { type: "cancel" }));
  };

  send: Channel["send"] = async (runId, control) => {
    const entry = this.#live.get(runId);
    if (control.type !== "cancel") {
      if (!entry) throw runEnded();
      entry.controls.push(control);
    } else if (entry && !entry.log.ended) {
      entry.job.abort(new AppError("conflict", "The run was cancelled."));
    }
  };

  controls(runId: string): AsyncIterableIterator<ProgramControl> {
    return this.#live.get(runId)?.controls.read() ?? nothing();
  }

  /** For the queue of the same process: what aborts a run's job. */
  signalOf(runId: string): AbortSignal {
    const entry = this.#live.get(runId);
    if (!entry) throw new Error(`The run ${runId} was not opened before its job was added.`);
    return entry.job.signal;
  }

  interrupt(runId: string): void {
    this.#live.get(runId)?.job.abort(new Interrupted());
  }

  #linger(runId: string, { log, controls, followers }: LiveEntry): void {
    controls.close();
    followers.end();
    this.#endedChars += log.chars;
    this.#ended.set(runId, setTimeout(() => this.#forget(runId), LINGER_MS).unref());
    for (const oldest of this.#ended.keys()) {
      if (this.#endedChars <= LINGER_CHARS) break;
      this.#forget(oldest);
    }
  }

  #forget(runId: string): void {
    clearTimeout(this.#ended.get(runId));
    this.#ended.delete(runId);
    this.#endedChars -= this.#live.get(runId)?.log.chars ?? 0;
    this.#live.delete(runId);
  }
}

async function* nothing(): AsyncGenerator<never, undefined> {}

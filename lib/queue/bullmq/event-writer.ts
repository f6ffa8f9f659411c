import type { LiveEvent } from "..";
import { OutputWindow } from "../output-window";
import { APPEND } from "./channel-scripts";
import { isAway, type Link } from "./link";

/** How long an ended run stays, and how many characters of ended runs; beyond that the oldest go before their time. */
const LINGER_MS = 60_000;
const LINGER_CHARS = 64 * 1_048_576;
/** Characters of all runs that are kept while Redis is away; beyond it what programs print is not shown live. */
const KEPT_CHARS = 64 * 1_048_576;
/** What is no output is often followed by some, or by the end, with which it goes then. */
const STAGE_DELAY_MS = 4;
/** Characters that are sent at once. */
const BATCH_CHARS = 262_144;

interface RunWriter {
  window: OutputWindow;
  /** Events as JSON that Redis has not answered for. */
  pending: string[];
  /** Those that it has. */
  written: number;
  /** Characters of all. */
  chars: number;
  ended: boolean;
  sending: Promise<void> | null;
}

/** Which try of a run writes, and who is told when it was given to another worker. */
export interface WritingAttempt {
  number: number;
  /** The run's last number as far as it is known here. */
  lastSeq: number;
  onTaken: () => void;
}

/** Writes events into Redis, those of a run in order and each once. What cannot be written now is kept and written later. */
export class EventWriter {
  readonly #link: Link;
  readonly #runs = new Map<string, RunWriter>();
  readonly #attempts = new Map<string, WritingAttempt>();
  #keptChars = 0;

  constructor(link: Link) {
    this.#link = link;
    link.register(APPEND);
    link.onReady(() => {
      for (const id of this.#runs.keys()) void this.#send(id);
    });
  }

  /** From now on what is appended is of this try. */
  begin(runId: string, attempt: WritingAttempt): void {
    this.#attempts.set(runId, attempt);
  }

  /** The try writes no more than is here already. */
  end(runId: string): void {
    const run = this.#runs.get(runId);
    if (run && run.pending.length > 0) return;
    this.#runs.delete(runId);
    this.#attempts.delete(runId);
  }

  append(runId: string, event: LiveEvent): void {
    const run = this.#runs.get(runId) ?? this.#open(runId);
    if (run.ended) return;
    if (event.type === "stdout" || event.type === "stderr") {
      if (this.#keptChars < KEPT_CHARS) run.window.write(event);
      return;
    }
    run.window.flush();
    run.ended = event.type === "done" || event.type === "failed";
    this.#push(runId, run, event);
  }

  /** Resolves when all that was appended to a run is written, or cannot be now. */
  async flush(runId: string): Promise<void> {
    const run = this.#runs.get(runId);
    run?.window.flush();
    await this.#send(runId);
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((id) => this.flush(id)));
  }

  forget(runId: string): void {
    const run = this.#runs.get(runId);
    if (!run) return;
    run.ended = true;
    for (const event of run.pending) this.#keptChars -= event.length;
    run.pending = [];
    run.window.flush();
    this.#runs.delete(runId);
    this.#attempts.delete(runId);
  }

  #open(runId: string): RunWriter {
    const window = new OutputWindow((event) => {
      if (this.#runs.get(runId) === run) this.#push(runId, run, event);
    });
    const run: RunWriter = { window, pending: [], written: 0, chars: 0, ended: false, sending: null };
    this.#runs.set(runId, run);
    return run;
  }

  #push(runId: string, run: RunWriter, event: LiveEvent): void {
    const json = JSON.stringify(event);
    run.pending.push(json);
    run.chars += json.length;
    this.#keptChars += json.length;
    if (event.type === "stage" || event.type === "preparing") {
      setTimeout(() => void this.#send(runId), STAGE_DELAY_MS);
    } else {
      // What comes in the same moment goes together.
      queueMicrotask(() => void this.#send(runId));
    }
  }

  #send(runId: string): Promise<void> {
    const run = this.#runs.get(runId);
    if (!run) return Promise.resolve();
    run.sending ??= this.#sendAll(runId, run).finally(() => {
      run.sending = null;
    });
    return run.sending;
  }

  async #sendAll(runId: string, run: RunWriter): Promise<void> {
    while (run.pending.length > 0) {
      const batch = batchOf(run.pending);
      const attempt = this.#attempts.get(runId);
      const isLast = run.ended && batch.length === run.pending.length;
      let seq: number;
      try {
        const place = [runId, this.#link.process, run.written, attempt?.number ?? 0] as const;
        const kept = [isLast ? 1 : 0, run.chars, LINGER_MS, LINGER_CHARS] as const;
        seq = Number(await this.#link.run(APPEND, ...place, ...kept, ...batch));
      } catch (error) {
        if (!isAway(error)) this.#link.log.error({ err: error, run: runId }, "events could not be written");
        // A command that was not answered is sent again by the next event, or when the connection is there again.
        if (this.#link.ready) setTimeout(() => void this.#send(runId), 200).unref();
        return;
      }
      run.written += batch.length;
      run.pending.splice(0, batch.length);
      for (const event of batch) this.#keptChars -= event.length;
      if (attempt && seq >= 0) attempt.lastSeq = seq;
      if (seq === -2) attempt?.onTaken();
      if (seq < 0 || isLast) this.forget(runId);
    }
  }
}

function batchOf(pending: readonly string[]): string[] {
  let chars = 0;
  const end = pending.findIndex((event) => {
    chars += event.length;
    return chars > BATCH_CHARS;
  });
  return pending.slice(0, end < 0 ? pending.length : Math.max(1, end));
}

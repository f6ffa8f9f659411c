import type { LiveEvent } from "..";
import { OutputWindow } from "../output-window";
import { APPEND } from "./channel-scripts";
import { isAway, type Link } from "./link";

/** How long an ended run stays, and how many characters of ended runs; beyond that the oldest go before their time. */
const LINGER_MS = 60_000;
const LINGER_CHARS = 64 * 1_048_576;
/** Characters of all runs that are kept while Redis is away; beyond it what programs print is not shown live. */
const KEPT_CHARS = 64 * 1_048_576;
/** A stage is often followed at once by output or by the end: it is sent with that, in one command. */
const STAGE_DELAY_MS = 4;
/** What was not answered is sent again after so long, then after twice that, and so on. */
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 3_000;
/** Characters that are sent at once. */
const BATCH_CHARS = 262_144;

type WriterLink = Pick<Link, "process" | "ready" | "log" | "register" | "onReady" | "run">;

interface RunWriter {
  /** Redis counts what it has of each writer; a further try at this process is another one. */
  name: string;
  /** `null` where this process writes without having the job. */
  attempt: WritingAttempt | null;
  window: OutputWindow;
  /** Events as JSON that Redis has not answered for. */
  pending: string[];
  /** Those that it has. */
  written: number;
  /** Characters of all. */
  chars: number;
  /** The last event is there: no more are taken. */
  ended: boolean;
  /** Nothing is written any more. */
  stopped: boolean;
  /** The try is over: it is forgotten when all is written. */
  over: boolean;
  sending: Promise<void> | null;
  retryMs: number;
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
  readonly #link: WriterLink;
  readonly #runs = new Map<string, RunWriter>();
  #writers = 0;
  #keptChars = 0;

  constructor(link: WriterLink) {
    this.#link = link;
    link.register(APPEND);
    link.onReady(() => {
      for (const id of this.#runs.keys()) void this.#send(id);
    });
  }

  /** Characters that wait for Redis. */
  get keptChars(): number {
    return this.#keptChars;
  }

  /** From now on what is appended is of this try. */
  begin(runId: string, attempt: WritingAttempt): void {
    const earlier = this.#runs.get(runId);
    if (earlier?.attempt === null) {
      earlier.attempt = attempt;
      return;
    }
    // What an earlier try here has not written would be refused.
    if (earlier) this.#stop(runId, earlier);
    this.#open(runId, attempt);
  }

  /** The try writes no more than is here already. */
  end(runId: string): void {
    const run = this.#runs.get(runId);
    if (!run) return;
    run.over = true;
    this.#forgetWritten(runId, run);
  }

  append(runId: string, event: LiveEvent): void {
    const run = this.#runs.get(runId) ?? this.#open(runId, null);
    if (run.ended || run.stopped) return;
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

  /** What was not written yet is dropped. */
  forget(runId: string): void {
    const run = this.#runs.get(runId);
    if (run) this.#stop(runId, run);
  }

  #open(runId: string, attempt: WritingAttempt | null): RunWriter {
    const window = new OutputWindow((event) => {
      if (!run.stopped) this.#push(runId, run, event);
    });
    const run: RunWriter = {
      ...{ name: `${this.#link.process}.${++this.#writers}`, attempt, window },
      ...{ pending: [], written: 0, chars: 0, sending: null, retryMs: FIRST_RETRY_MS },
      ...{ ended: false, stopped: false, over: false },
    };
    this.#runs.set(runId, run);
    return run;
  }

  #stop(runId: string, run: RunWriter): void {
    run.stopped = true;
    run.window.flush();
    this.#dropPending(run);
    this.#forgetWritten(runId, run);
  }

  #dropPending(run: RunWriter): void {
    for (const event of run.pending) this.#keptChars -= event.length;
    run.pending = [];
  }

  /** A try that still goes on is kept: what it appends after its run was taken away must not be taken for somebody else's. */
  #forgetWritten(runId: string, run: RunWriter): void {
    const isOver = run.attempt ? run.over : run.stopped;
    if (isOver && run.pending.length === 0 && this.#runs.get(runId) === run) this.#runs.delete(runId);
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
      const { attempt } = run;
      const isLast = run.ended && batch.length === run.pending.length;
      let seq: number;
      try {
        const place = [runId, run.name, run.written, attempt?.number ?? 0] as const;
        const kept = [isLast ? 1 : 0, run.chars, LINGER_MS, LINGER_CHARS] as const;
        seq = Number(await this.#link.run(APPEND, ...place, ...kept, ...batch));
      } catch (error) {
        if (!isAway(error)) this.#link.log.error({ err: error, run: runId }, "events could not be written");
        if (!this.#link.ready) return;
        // A command that was not answered is sent again by the next event, or when the connection is there again.
        setTimeout(() => void this.#send(runId), run.retryMs).unref();
        run.retryMs = Math.min(2 * run.retryMs, LONGEST_RETRY_MS);
        return;
      }
      run.retryMs = FIRST_RETRY_MS;
      if (run.stopped) return;
      run.written += batch.length;
      run.pending.splice(0, batch.length);
      for (const event of batch) this.#keptChars -= event.length;
      if (attempt && seq >= 0) attempt.lastSeq = seq;
      if (seq === -2) attempt?.onTaken();
      // A run that Redis has forgotten may be known again when its worker has told of it.
      if (seq === -1 && attempt && !run.ended) this.#dropPending(run);
      else if (seq < 0 || isLast) this.#stop(runId, run);
    }
    this.#forgetWritten(runId, run);
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

import type { ErrorCode } from "../schemas/error";
import type { PlanId } from "../schemas/plan";
import type {
  ProgramSignal,
  RunEvent,
  RunMode,
  RunRequest,
  RunResult,
  TerminalSize,
  Usage,
} from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";

export { queueFull, queueUnavailable, runEnded, stopping } from "./refusals";

/**
 * One run to be executed, with everything that a worker needs to know of it: it knows nothing of the process that accepted
 * the run. Plain data, so that it can be sent to another machine; within one process it is passed on as it is.
 */
export interface RunJob {
  id: string;
  /** Id of the language; a worker has the entry itself. */
  language: string;
  request: RunRequest;
  mode: RunMode;
  /** Whether the program, in the mode `interactive`, can be sent signals; left out where not. */
  signals?: true;
  limits: RunLimits;
  /** What its sandbox is made for: what such runs have before a request lowers anything but their memory. */
  sandboxLimits: RunLimits;
  /**
   * Whose turns it takes. Turns go round the groups, and within each round its accounts, so that one with many runs does not starve another:
   * guests of one network are one group, every account is its own.
   */
  account: string;
  group: string;
  /** Most turns that the account may hold at once; further runs of it wait, and those of others pass them. */
  parallel: number;
  /** Networks whose turns it takes as well, and the most that each may hold at once, over all accounts. */
  networks: readonly { key: string; parallel: number }[];
  /** The owner's quota with this run counted. */
  usage: Usage;
  /** What the owner's runs, and all runs of the plan, may take. */
  room: RunRoom;
  /** Accounts that it was counted for beside `account`, of networks and of an API key: what is given back is given back to all. */
  ceilings: readonly string[];
  /** The UTC day whose quota it was taken out of, as `2026-11-22`. */
  day: string;
  /** When it was created, as an ISO text. */
  createdAt: string;
  /** When it was accepted, in milliseconds since the epoch by a clock that never goes back. */
  acceptedAtMs: number;
  /** The trace that it belongs to, as W3C's `traceparent`; left out where there are no traces. */
  trace?: string;
}

export interface RunRoom {
  owner: string;
  plan: PlanId;
  ownerBytes: number;
  planBytes: number;
}

/** Aborts the signal of a job whose worker stops. Any other reason but `TakenAway` is a cancel. */
export class Interrupted extends Error {
  constructor() {
    super("The worker stops.");
    this.name = "Interrupted";
  }
}

/**
 * Aborts the signal of a job that was given to another worker, since this one was not heard of for a while. Its handler ends the program and
 * records nothing: the other worker does. What it still appends to the channel is dropped.
 */
export class TakenAway extends Error {
  constructor() {
    super("The job was given to another worker.");
    this.name = "TakenAway";
  }
}

/** Which try of a job it is. Within one process there is only the first. */
export interface Attempt {
  /**
   * 1, or 2 where the worker of the first try was lost. From 3 on the job has lost two workers and is not begun again: its handler only records
   * that, as a fault of ours, and it takes no turn.
   */
  number: number;
  /** Whether the program of an earlier try was told something (`ProgramControl`), which that of a new one would not hear. */
  heard: boolean;
}

/** Of what is done for the first time. */
export const FIRST_ATTEMPT: Attempt = { number: 1, heard: false };

/**
 * Takes a job to its recorded end; never rejects. The signal aborts when the run is cancelled, with `Interrupted` or with `TakenAway`, and
 * may be aborted from the beginning. The turn lasts until `release` is called, which may be before or after the job has ended: writing
 * its end takes no turn, cleaning up after it does.
 */
export type JobHandler = (
  job: RunJob,
  signal: AbortSignal,
  release: () => void,
  attempt: Attempt,
) => Promise<void>;

/** What a worker can take on. */
export interface Capacity {
  /** Turns at once. */
  concurrency: number;
}

export interface QueueState {
  /** Turns that are held, and how many there are. */
  running: number;
  concurrency: number;
  /** Jobs that wait for a turn, and how many may. */
  waiting: number;
  limit: number;
}

/** How long jobs may go on when their worker stops: until they are interrupted, and then until they are given up. */
export interface CloseOptions {
  graceMs: number;
  interruptMs: number;
}

/** Jobs for whoever runs programs: this process, or workers on other machines. Bounded, and fair to groups and accounts. */
export interface Queue {
  /**
   * Resolves when the job has a place or its turn; a queue that outlives processes has written it by then. Rejects with
   * `queue_full` where there is no place, and within about a second with `queue_unavailable` where the queue is elsewhere and away. Every job
   * that was added is handled, also when it is cancelled before its turn: then at once, without a turn, with its signal aborted.
   */
  add(job: RunJob): Promise<void>;
  /** Begins to take jobs. */
  work(handle: JobHandler, capacity: Capacity): Promise<void>;
  /** Takes no more jobs, or takes them again: for a worker that cannot run programs for a while. What it has goes on. */
  pause(paused: boolean): Promise<void>;
  /** Rejects with `queue_unavailable`. */
  state(): Promise<QueueState>;
  /**
   * Of these runs those whose job waits or is being handled: somebody will record their end. Of the others nobody will, unless they are being
   * accepted just now. Rejects with `queue_unavailable`, and calls every run known where the queue itself has forgotten some (Redis began anew)
   * and not heard yet what its workers still have.
   */
  knows(runIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Of these runs those whose job waits for a turn or for a worker: nobody has begun it. Rejects with `queue_unavailable`. */
  unbegun(runIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Ends the work of this process, which then adds no more jobs; resolves when none of its jobs is left, or they are given up. Jobs that it has
   * not begun are left to other workers, where there can be any.
   */
  close(options: CloseOptions): Promise<void>;
}

/** The run could not be started for a fault of ours: what its viewer is told, and what was recorded of it. */
export interface FailedEvent {
  type: "failed";
  error: {
    code: ErrorCode;
    message: string;
    details: readonly { path: string; message: string }[];
    headers: Readonly<Record<string, string>>;
    retryAfterS: number | undefined;
  };
  run: RunResult;
}

/** What is seen of a live run. It ends with `done` or `failed`. */
export type LiveEvent = RunEvent | FailedEvent;

/**
 * An event and its number in its run; numbers start at 1 and have no gaps. Where a run is begun anew, since its worker was lost, `queued` with
 * `attempt` comes next; the events before it are then gone for whoever comes later, and the numbers go on.
 */
export interface LoggedEvent<Event = LiveEvent> {
  seq: number;
  event: Event;
}

/**
 * What is said to the program of a live run. `end` is the end of its input; sizes are for a terminal, whose input may hold any
 * bytes (`lib/schemas/byte-text.ts`), and signals for that or for a job with `signals`.
 */
export type ProgramControl =
  | { type: "input"; text: string }
  | { type: "end" }
  | ({ type: "resize" } & TerminalSize)
  | { type: "signal"; signal: ProgramSignal };

/** What is said to a live run. */
export type Control = ProgramControl | { type: "cancel" };

/** What a process that has not accepted a live run needs to know of it. Whose it is, is the store's to say. Plain data. */
export interface RunFacts {
  mode: RunMode;
  hasTests: boolean;
  /** Whether its program takes signals in the mode `interactive`. */
  signals: boolean;
  /** The owner's quota with this run counted. */
  usage: Usage;
}

export function factsOf({ mode, request, signals, usage }: RunJob): RunFacts {
  return { mode, hasTests: request.tests.length > 0, signals: signals === true, usage };
}

/**
 * What is seen of live runs and what is said to them, from any process. A run is live from `open` until shortly after its
 * last event. Memory is bounded by what a run may print, however many watch it and however slowly.
 */
export interface Channel {
  /** Begins a run. The facts are for `find`. */
  open(runId: string, facts?: RunFacts): void;
  /** The facts of a live run, whichever process has opened it; `null` when it is not live, was opened without, or nobody can tell now. */
  find(runId: string): Promise<RunFacts | null>;
  /** Ends a run that was not accepted after all, without an event; its job is not handled, if it can be helped. */
  drop(runId: string): void;
  /**
   * Adds an event; what comes after the last one is dropped. Output that comes in quick succession may be joined, so that a
   * million prints are not a million events.
   */
  append(runId: string, event: LiveEvent): void;
  /**
   * Every event once and in order, from after `afterSeq` to the last. Ends at once for a run that is not live. Stopping
   * early (`return`) takes effect at once, also while waiting.
   */
  watch(runId: string, afterSeq: number): AsyncIterableIterator<LoggedEvent>;
  /** The events so far, of the last try; `null` when the run is not live, or nobody can tell now. */
  read(runId: string): Promise<readonly LiveEvent[] | null>;
  /** Counts one who follows the run, until what is answered is called. */
  follow(runId: string): () => void;
  /** From now on the run is cancelled when nobody has followed it, at any process, for `ms`. */
  endUnfollowed(runId: string, ms: number): void;
  /**
   * Says something to a run. A `cancel` aborts the signal of its job, whether that waits or runs, or is still to be added;
   * it changes nothing of a run that has ended. Anything else is for the program: rejects with `conflict` when the run or its
   * input has ended, and with `body_too_large` when the program has not read enough of what it was given before. Of sizes that follow one
   * another unread only the last is kept, of equal signals one.
   */
  send(runId: string, control: Control): Promise<void>;
  /** What is said to the program, in order, for the one who runs it. Ends with the run. */
  controls(runId: string): AsyncIterableIterator<ProgramControl>;
}

import { nanoid } from "nanoid";
import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import type { Language } from "../languages";
import { quotaDay } from "../plans";
import type { RunLimits } from "../schemas/limits";
import type { PlanId } from "../schemas/plan";
import type { RunInput, RunMode, RunRequest, RunResult } from "../schemas/run";
import { EventLog } from "./event-log";
import { Stdin } from "./stdin";

/** 22 characters of 6 bits: 132 random bits, as share links need (security.md 36). */
const ID_LENGTH = 22;

/** Where a run is counted. */
export interface Charge {
  account: string;
  /** The UTC day. */
  day: string;
}

export interface SessionOptions {
  viewer: Viewer;
  request: RunRequest;
  language: Language;
  limits: RunLimits;
  createdAt: Date;
}

/** A run of this process, from its acceptance until shortly after its end: what can be seen of it and done to it. */
export class Session {
  readonly id = nanoid(ID_LENGTH);
  /** Whose it is: a guest's becomes a user's when they sign in meanwhile. */
  viewer: Viewer;
  /** The plan that it runs under, and the quota it was taken out of, whoever it belongs to later. */
  readonly plan: PlanId;
  readonly charge: Charge;
  readonly request: RunRequest;
  readonly language: Language;
  readonly limits: RunLimits;
  readonly createdAt: Date;
  readonly log = new EventLog();
  readonly stdin: Stdin;
  /** How the run ended; rejects (`AppError`) when it could not start for a fault of ours. */
  readonly result: Promise<RunResult>;
  /** How long it waited for its turn; known from then on. */
  queuedMs = 0;
  /** The viewer's runs of the day, this one counted. */
  used = 0;
  /** Whether it was the server that ended it. */
  interrupted = false;
  /** What was recorded of its end; also there when `result` rejects. */
  recorded: RunResult | undefined;
  /** Its owner has deleted it: whatever is still to come of it is for nobody. */
  discarded = false;
  /** The fault of ours that kept the run from starting. */
  failure: AppError | undefined;

  readonly #enteredAt = performance.now();
  readonly #stop = new AbortController();
  #settle!: { resolve: (result: RunResult) => void; reject: (error: AppError) => void };
  #showSign: () => void = () => {};
  readonly #sign: Promise<void>;

  constructor({ viewer, request, language, limits, createdAt }: SessionOptions) {
    this.viewer = viewer;
    this.plan = viewer.plan;
    this.charge = { account: viewer.account, day: quotaDay(createdAt).day };
    this.request = request;
    this.language = language;
    this.limits = limits;
    this.createdAt = createdAt;
    this.stdin = new Stdin(request.stdin);
    if (this.mode === "batch") this.stdin.end();
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Nobody may be waiting (a detached run, a watcher of the stream only).
    this.result.catch(() => {});
    this.#sign = new Promise((resolve) => {
      this.#showSign = resolve;
    });
  }

  get mode(): RunMode {
    return modeFor(this.request);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get ended(): boolean {
    return this.log.ended;
  }

  /** Rough size of what is held in memory, in characters. */
  get size(): number {
    return this.log.size + this.request.code.length;
  }

  /** Asks the run to end; `false` when it has ended already. */
  cancel(): boolean {
    if (this.ended) return false;
    this.#stop.abort(new AppError("conflict", "The run was cancelled."));
    return true;
  }

  discard(): void {
    this.discarded = true;
    this.cancel();
  }

  /** Ends the run because the server stops, which is not the viewer's doing. */
  interrupt(): void {
    if (!this.signal.aborted) this.interrupted = this.cancel();
  }

  /** The run lives no longer than its client. */
  bindTo(client: AbortSignal): void {
    const leave = () => this.cancel();
    if (client.aborted) leave();
    client.addEventListener("abort", leave, { once: true });
    const unbind = () => client.removeEventListener("abort", leave);
    this.result.then(unbind, unbind);
  }

  moveTo(position: number): void {
    this.log.append({ type: "queued", id: this.id, position });
    if (position > 0) this.showSign();
  }

  started(): void {
    this.queuedMs = Math.round(performance.now() - this.#enteredAt);
  }

  /** It is known now that the run waits, goes on, or has failed. */
  showSign(): void {
    this.#showSign();
  }

  /** Resolves at the first sign of life, or after `ms`. */
  async waitForSign(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.#sign, late]);
    clearTimeout(timer);
  }

  /** Throws `conflict` when the program cannot be given input any more, or never could. */
  give({ text, eof }: RunInput): void {
    if (this.ended) throw runEnded();
    if (this.mode === "batch") {
      throw new AppError(
        "conflict",
        this.request.tests.length > 0
          ? "This run takes its input from `tests`; run without `tests` to type input."
          : "This run was not started with `interactive: true`, so it takes no further input.",
      );
    }
    if (this.stdin.ended) {
      throw new AppError("conflict", "The input of this run has been ended; it takes no more.");
    }
    this.stdin.push(text);
    if (eof) this.stdin.end();
  }

  finish(result: RunResult): void {
    this.recorded = result;
    this.log.append({ type: "done", run: result });
    this.log.close();
    this.#settle.resolve(result);
    this.showSign();
  }

  /** Ends it with the fault of ours that kept it from starting, and what was recorded of that. */
  fail(error: AppError, recorded: RunResult): void {
    this.failure = error;
    this.recorded = recorded;
    this.log.close(error);
    this.#settle.reject(error);
    this.showSign();
  }
}

/** Tests bring their own input, so nobody attends them. */
export function modeFor({ mode, tests }: RunRequest): RunMode {
  return tests.length > 0 ? "batch" : mode;
}

export function runEnded(): AppError {
  return new AppError("conflict", "The run has ended and takes no more input; start it again.");
}

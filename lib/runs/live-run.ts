import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { type Channel, type ProgramControl, type RunFacts, type RunJob, runEnded } from "../queue";
import type { ProgramSignal, RunInput, RunResult, TerminalMessage, Usage } from "../schemas/run";
import { faultOf, type LoggedEvent, watchRun } from "./events";
import { followed } from "./followed";

/** What a person presses for the end of the input; a terminal tells the program. */
const CTRL_D = "\x04";

/**
 * A run until shortly after its end, whichever process accepted it: what can be seen of it and done to it. It holds nothing that grows with
 * the run.
 */
export class LiveRun {
  readonly id: string;
  readonly #facts: RunFacts;
  readonly #channel: Channel;
  #ended: boolean;

  constructor(id: string, facts: RunFacts, channel: Channel, { ended = false } = {}) {
    this.id = id;
    this.#facts = facts;
    this.#channel = channel;
    this.#ended = ended;
  }

  /** Whether it is known here that it has ended; where it is not, the channel refuses what comes too late. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The viewer's quota with this run counted. */
  get usage(): Usage {
    return this.#facts.usage;
  }

  /** With `everyByte` as `watchRun` says it. */
  events(afterSeq = 0, options: { everyByte?: boolean } = {}): AsyncIterableIterator<LoggedEvent> {
    const leave = this.#channel.follow(this.id);
    return followed(watchRun(this.#channel, this.id, afterSeq, options), leave);
  }

  /** From now on the run is cancelled when nobody has read its events for `ms`. */
  endUnfollowed(ms: number): void {
    if (!this.#ended) this.#channel.endUnfollowed(this.id, ms);
  }

  /**
   * Follows the run to its end; `onStart` is called when it is known that it waits for its turn or that its program starts. Rejects (`AppError`)
   * when a fault on our side kept it from starting.
   */
  async follow(onStart: () => void = () => {}): Promise<RunResult> {
    try {
      for await (const { event } of this.#channel.watch(this.id, 0)) {
        if (event.type !== "queued" || event.position > 0) onStart();
        if (event.type === "done") return event.run;
        if (event.type === "failed") throw faultOf(event);
      }
      throw eventsLost(this.id);
    } finally {
      this.#ended = true;
    }
  }

  /** Asks the run to end; `false` when it has ended already. */
  async cancel(): Promise<boolean> {
    if (this.#ended) return false;
    await this.#channel.send(this.id, { type: "cancel" });
    return true;
  }

  /** Throws `conflict` when the program cannot be given input any more, or never could. */
  async give({ text, eof }: RunInput): Promise<void> {
    if (this.#ended) throw runEnded();
    if (this.#facts.mode === "batch") {
      throw new AppError(
        "conflict",
        this.#facts.hasTests
          ? "This run takes its input from `tests`; run without `tests` to type input."
          : 'This run was not started with `mode: "interactive"` (or `interactive: true`), so it takes no further input.',
      );
    }
    if (text !== "") await this.#channel.send(this.id, { type: "input", text });
    if (eof) await this.#channel.send(this.id, this.#endOfInput);
  }

  /** Throws `conflict` when the program has ended, or was not started to take signals. */
  async signal(signal: ProgramSignal): Promise<void> {
    if (this.#ended) throw runEnded();
    if (this.#facts.mode !== "interactive" || !this.#facts.signals)
      throw new AppError("conflict", "This run was not started to take signals; cancel it.");
    await this.#channel.send(this.id, { type: "signal", signal });
  }

  /** Throws `conflict` for a run without a terminal. */
  demandTerminal(): void {
    if (this.#facts.mode === "terminal") return;
    throw notInTerminal();
  }

  /** Says something to a terminal; a text is what is typed, any bytes. Throws `conflict` when the run has ended. */
  async say(said: string | TerminalMessage): Promise<void> {
    if (this.#ended) throw runEnded();
    await this.#channel.send(this.id, this.#controlOf(said));
  }

  #controlOf(said: string | TerminalMessage): ProgramControl {
    if (typeof said === "string") return { type: "input", text: said };
    return said.type === "eof" ? this.#endOfInput : said;
  }

  /** In a terminal it is one of many: after the program has read it, more can be typed. */
  get #endOfInput(): ProgramControl {
    return this.#facts.mode === "terminal" ? { type: "input", text: CTRL_D } : { type: "end" };
  }
}

/** A run that this process accepted, which follows it to its end. */
export class AcceptedLiveRun extends LiveRun {
  /** Its owner: a guest's run becomes a user's when they sign in meanwhile. */
  viewer: Viewer;
  /** Resolves when it is known that the run waits for its turn, that its program starts, or that it has ended. */
  readonly started: Promise<void>;
  /** Resolves, always, when it has ended and its end can be read. */
  readonly finished: Promise<void>;
  #markStarted: () => void = () => {};
  #markFinished: () => void = () => {};

  constructor({ id }: Pick<RunJob, "id">, facts: RunFacts, viewer: Viewer, channel: Channel) {
    super(id, facts, channel);
    this.viewer = viewer;
    this.started = new Promise((resolve) => {
      this.#markStarted = resolve;
    });
    this.finished = new Promise((resolve) => {
      this.#markFinished = resolve;
    });
  }

  /** To be called once. The result is not kept here: it can be large. */
  override async follow(): Promise<RunResult> {
    try {
      return await super.follow(() => this.#markStarted());
    } finally {
      this.#markStarted();
      this.#markFinished();
    }
  }
}

/** A queue that lost its data has lost the run's events; the run itself is closed and given back within a minute, or ends as it does. */
function eventsLost(id: string): AppError {
  return new AppError(
    "queue_unavailable",
    `The queue has lost sight of this run; look at /api/runs/${id} how it ended, or run it again.`,
    { retryAfterS: 5 },
  );
}

export function notInTerminal(): AppError {
  return new AppError(
    "conflict",
    'This run has no terminal: it was not started with `mode: "terminal"`. Follow it at its `/events`.',
  );
}

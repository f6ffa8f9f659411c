import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { type Channel, type RunJob, runEnded } from "../queue";
import type { RunInput, RunMode, RunResult, Usage } from "../schemas/run";
import { withTimeout } from "../system/with-timeout";
import { type LoggedEvent, watchRun } from "./events";

/** A run that this process accepted, until shortly after its end: what can be seen of it and done to it. */
export class LiveRun {
  readonly id: string;
  /** Whose it is: a guest's becomes a user's when they sign in meanwhile. */
  viewer: Viewer;
  /** The viewer's quota with this run counted. */
  readonly usage: Usage;
  /** How the run ended; rejects (`AppError`) when it could not be started for a fault of ours. */
  readonly result: Promise<RunResult>;
  readonly #mode: RunMode;
  readonly #takesTests: boolean;
  readonly #channel: Channel;
  #ended = false;
  readonly #started: Promise<void>;
  #markStarted: () => void = () => {};

  constructor({ id, mode, request, usage }: RunJob, viewer: Viewer, channel: Channel) {
    this.id = id;
    this.viewer = viewer;
    this.usage = usage;
    this.#mode = mode;
    this.#takesTests = request.tests.length > 0;
    this.#channel = channel;
    this.#started = new Promise((resolve) => {
      this.#markStarted = resolve;
    });
    this.result = this.#follow();
    // Avoids an unhandled rejection; awaiters still see it.
    this.result.catch(() => {});
  }

  get ended(): boolean {
    return this.#ended;
  }

  events(afterSeq = 0): AsyncIterableIterator<LoggedEvent> {
    return watchRun(this.#channel, this.id, afterSeq);
  }

  /** Asks the run to end; `false` when it has ended already. */
  async cancel(): Promise<boolean> {
    if (this.#ended) return false;
    await this.#channel.send(this.id, { type: "cancel" });
    return true;
  }

  /** The run lives no longer than its client. When that is gone already, the run is cancelled when this resolves. */
  async bindTo(client: AbortSignal): Promise<void> {
    if (client.aborted) await this.cancel();
    const cancel = () => void this.cancel();
    client.addEventListener("abort", cancel, { once: true });
    const unbind = () => client.removeEventListener("abort", cancel);
    this.result.then(unbind, unbind);
  }

  /**
   * Resolves when it is known that the run waits for its turn or its program starts, or after `ms`. Rejects where `result`
   * does, when that is known by then.
   */
  async waitUntilStarted(ms: number): Promise<void> {
    await withTimeout(this.#started, ms, () => {});
    if (this.#ended) await this.result;
  }

  /** Throws `conflict` when the program cannot be given input any more, or never could. */
  async give({ text, eof }: RunInput): Promise<void> {
    if (this.#ended) throw runEnded();
    if (this.#mode === "batch") {
      throw new AppError(
        "conflict",
        this.#takesTests
          ? "This run takes its input from `tests`; run without `tests` to type input."
          : 'This run was not started with `mode: "interactive"` or `interactive: true`, so it takes no further input.',
      );
    }
    if (text !== "") await this.#channel.send(this.id, { type: "input", text });
    if (eof) await this.#channel.send(this.id, { type: "end" });
  }

  async #follow(): Promise<RunResult> {
    try {
      for await (const { event } of this.events()) {
        if (event.type !== "queued" || event.position > 0) this.#markStarted();
        if (event.type === "done") return event.run;
      }
      throw new Error("The events of the run ended without its result.");
    } finally {
      this.#ended = true;
      this.#markStarted();
    }
  }
}

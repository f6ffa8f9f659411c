import type { Viewer } from "../auth/viewer";
import { AppError, notFound } from "../errors";
import type { Catalogue } from "../languages/catalogue";
import type { Logger } from "../log";
import type { Plans } from "../plans";
import { type Channel, type Queue, runEnded, stopping } from "../queue";
import type { Rates } from "../rates";
import type { Visibility } from "../schemas/history";
import type { ProgramSignal, RunInput, RunRequest, RunResult, TerminalMessage, Usage } from "../schemas/run";
import type { OwnRun, Store } from "../store";
import { withTimeout } from "../system/with-timeout";
import { type RunTelemetry, UNWATCHED } from "../telemetry";
import { createAccept } from "./accept";
import type { Backlog } from "./backlog";
import { type LoggedEvent, replay, replayPrinted } from "./events";
import { createHistory, type History } from "./history";
import { LiveRun, notInTerminal } from "./live-run";
import { LiveRuns } from "./live-runs";
import { createReports, type Reports } from "./reports";

export { Backlog } from "./backlog";
export type { LoggedEvent } from "./events";
export { createExecutor, type Executor } from "./execute";
export { createFormatter, type Formatter } from "./format";
export { answerFormat, formatInSandbox, formatOnWorkers, type RunFormatter } from "./format-program";
export type { ForeignRun, History } from "./history";
export { LostRuns } from "./lost-runs";
export { Upkeep } from "./upkeep";

/** How long `submit` waits to learn whether the sandbox can be had at all, so that it can refuse rather than stream. */
const START_WAIT_MS = 1_500;

export interface RunsOptions {
  store: Store;
  queue: Queue;
  channel: Channel;
  catalogue: Catalogue;
  plans: Plans;
  rates: Rates;
  /** Work for the store that cannot be done now; the executor of this process does it later. */
  backlog: Backlog;
  log: Logger;
  telemetry?: RunTelemetry;
  clock?: () => Date;
  /**
   * Other processes accept runs, and adopt those of guests who sign in, on the same store, queue and channel. Whose a run is, is then asked of
   * the store, and what is live elsewhere is found in the channel.
   */
  amongOthers?: boolean;
  /** Why no run could be begun now, `null` where one can be, or where that is only seen when one is. */
  refusal?: () => AppError | null;
}

export interface SubmitOptions {
  /** The client's own; when it goes away the run is cancelled. Left out, the run goes on without its client. */
  signal?: AbortSignal;
  /** The run is cancelled when nobody has followed it (`events`, `watch`) for so long. */
  lingerMs?: number;
  /** With the mode `interactive`: the program can be sent signals, and is not one that stood by. */
  signals?: boolean;
  /** The run's id, which nobody else can guess or have; made here where it is left out. Throws `conflict` where it is taken. */
  id?: string;
  /** From the beginning; `private` where it is left out, and for viewers whose plan does not have sharing. */
  visibility?: Visibility;
}

/** An accepted run. */
export interface SubmittedRun {
  id: string;
  /** The viewer's quota with this run counted. */
  usage: Usage;
  /** Every event once and in order, from after `afterSeq`; rejects at its end where `result` does. */
  events(afterSeq?: number): AsyncIterableIterator<LoggedEvent>;
  /** Rejects (`AppError`) only when a fault of ours kept the program from starting. */
  result: Promise<RunResult>;
}

/** The terminal of a run, as its owner has it before them. */
export interface RunTerminal {
  /**
   * Every event from the first, output byte for byte (`lib/schemas/byte-text.ts`). Of a run that ended a while ago only what is stored.
   * Whoever does not read them to the end must return them, or counts as a follower for ever.
   */
  events: AsyncIterableIterator<LoggedEvent>;
  /** A text is what is typed, any bytes. Throws `conflict` when the run has ended, `body_too_large` when the program does not read. */
  say(said: string | TerminalMessage): Promise<void>;
}

/** What viewers can do with runs. Ownership and admission are checked here and nowhere else. */
export interface Runs extends History, Reports {
  /**
   * Accepts a run. Throws what can be known before it starts: `unknown_language`, `invalid_request`, `plan_forbids`,
   * `rate_limited`, `quota_exceeded`, `queue_full`, `docker_unavailable`, `image_unavailable`, `store_unavailable`,
   * `store_full`.
   */
  submit(viewer: Viewer, request: RunRequest, options?: SubmitOptions): Promise<SubmittedRun>;
  /** Follows a run from after `afterSeq`; of one that ended a while ago only its end is left. */
  watch(viewer: Viewer, id: string, afterSeq: number): Promise<AsyncIterableIterator<LoggedEvent>>;
  /** Gives a running interactive program input; `conflict` when it takes none (any more). */
  input(viewer: Viewer, id: string, input: RunInput): Promise<void>;
  /**
   * The terminal of the viewer's own run; `conflict` when it has none. With `lingerMs` the run is cancelled from now on when nobody has
   * followed it for so long, here or otherwise, as a program ends with its terminal.
   */
  terminal(viewer: Viewer, id: string, options?: { lingerMs?: number }): Promise<RunTerminal>;
  /** Sends the program of a run that was submitted with `signals` one; `conflict` for any other, and when it has ended. */
  signal(viewer: Viewer, id: string, signal: ProgramSignal): Promise<void>;
  /** `false` when the run had ended before. */
  cancel(viewer: Viewer, id: string): Promise<boolean>;
  /** Gives everything of a guest to a user, running programs too. `keptMs` is how long theirs are kept, `null` for ever. */
  adopt(guest: Viewer, user: Viewer, keptMs: number | null): Promise<void>;
  /** Takes no more runs. Those that were accepted are the executor's to end. */
  close(): void;
}

export function createRuns(options: RunsOptions): Runs {
  const { store, channel, plans, rates, amongOthers = false } = options;
  const { telemetry = UNWATCHED, clock = () => new Date() } = options;
  const live = new LiveRuns();
  const accept = createAccept({ ...options, telemetry, live, clock });
  let closed = false;

  /** The viewer's own run, live or stored; otherwise `not_found`, whether it is another's or not there. */
  async function find(viewer: Viewer, id: string): Promise<{ run: LiveRun } | { stored: OwnRun }> {
    const run = live.get(id);
    if (run && !amongOthers) {
      if (run.viewer.id === viewer.id) return { run };
      throw notFound("run");
    }
    const stored = await store.getRun(id);
    if (stored?.owner !== viewer.id) throw notFound("run");
    if (run) return { run };
    const facts = await channel.find(id);
    return facts ? { run: new LiveRun(id, facts, channel, { ended: stored.result !== null }) } : { stored };
  }

  return {
    ...createHistory({ store, channel, live, plans, clock, amongOthers }),
    ...createReports({ store, rates, clock }),

    async submit(viewer, request, { signal, lingerMs, ...chosen } = {}) {
      if (closed) throw stopping();
      const { run, result } = await accept(viewer, request, signal, chosen);
      if (lingerMs !== undefined) run.endUnfollowed(lingerMs);
      await withTimeout(run.started, START_WAIT_MS, () => {});
      if (run.ended) await result;
      return { id: run.id, usage: run.usage, events: (afterSeq) => run.events(afterSeq), result };
    },

    async watch(viewer, id, afterSeq) {
      const found = await find(viewer, id);
      // What has ended may be dropped from memory before its time.
      if ("run" in found && (await channel.find(id))) return found.run.events(afterSeq);
      const stored = "run" in found ? await store.getRun(id) : found.stored;
      if (!stored?.result) throw stillRunning(id);
      return replay(stored.result, afterSeq);
    },

    async input(viewer, id, input) {
      const found = await find(viewer, id);
      if (!("run" in found)) throw runEnded();
      await found.run.give(input);
    },

    async signal(viewer, id, signal) {
      const found = await find(viewer, id);
      if (!("run" in found)) throw runEnded();
      await found.run.signal(signal);
    },

    async terminal(viewer, id, { lingerMs } = {}) {
      const found = await find(viewer, id);
      if ("run" in found) found.run.demandTerminal();
      if ("run" in found && (await channel.find(id))) {
        const { run } = found;
        const events = run.events(0, { everyByte: true });
        if (lingerMs !== undefined) run.endUnfollowed(lingerMs);
        return { events, say: (said) => run.say(said) };
      }
      const stored = "run" in found ? await store.getRun(id) : found.stored;
      if (stored && stored.request.mode !== "terminal") throw notInTerminal();
      if (!stored?.result) throw stillRunning(id);
      return { events: replayPrinted(stored.result), say: () => Promise.reject(runEnded()) };
    },

    async cancel(viewer, id) {
      const found = await find(viewer, id);
      return "run" in found && found.run.cancel();
    },

    async adopt(guest, user, keptMs) {
      for (const run of live.of(guest.id)) run.viewer = user;
      await store.adoptRuns(guest.id, user.id, keptMs, user.plan);
    },

    close() {
      closed = true;
    },
  };
}

function stillRunning(id: string): AppError {
  return new AppError("conflict", `The run has not ended yet; follow it at /api/runs/${id}/events.`, {
    retryAfterS: 1,
  });
}

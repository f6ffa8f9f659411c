import type { Viewer } from "../auth/viewer";
import { AppError, notFound } from "../errors";
import { limitsOf } from "../languages";
import type { Catalogue } from "../languages/catalogue";
import type { Logger } from "../log";
import { expiryOf, type Plans } from "../plans";
import type { Queue, Release } from "../queue";
import type { Rates } from "../rates";
import type { RunOutcome, Sandbox } from "../sandbox/sandbox";
import type { RunInput, RunRequest, RunResult, Usage } from "../schemas/run";
import type { OwnRun, Store } from "../store";
import {
  interrupted,
  overQuota,
  publicFault,
  refuseClashes,
  refuseForbidden,
  stopping,
  takeMinute,
} from "./admission";
import { Backlog } from "./backlog";
import { drive, NotStarted, neverStarted } from "./drive";
import { EventLog, type LoggedEvent } from "./event-log";
import { createHistory, type History } from "./history";
import { Keeping } from "./keeping";
import { Recent } from "./recent";
import { resultOf, storable, unkept, usageOf } from "./result";
import { modeFor, runEnded, Session } from "./session";
import { Upkeep } from "./upkeep";

export type { LoggedEvent } from "./event-log";
export type { History } from "./history";

/** How long `submit` waits to learn whether the sandbox can be had at all, so that it can refuse rather than stream. */
const FIRST_SIGN_MS = 1_500;
/** When the server stops: how long running programs may go on, and how long cancelled ones may take to end. */
const CLOSE_GRACE_MS = 4_000;
const CLOSE_CANCEL_MS = 3_000;

export interface RunsOptions {
  store: Store;
  queue: Queue;
  sandbox: Sandbox;
  catalogue: Catalogue;
  plans: Plans;
  rates: Rates;
  log: Logger;
  clock?: () => Date;
}

export interface SubmitOptions {
  /** The client's own; when it goes away the run is cancelled. Left out, the run goes on without its client. */
  signal?: AbortSignal;
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

/** What can be done with runs. Ownership and admission are checked here and nowhere else. */
export interface Runs extends History {
  /** Closes the runs that a former process left, and begins the upkeep of the store. Never fails: it is tried again. */
  begin(): Promise<void>;
  /**
   * Accepts a run. Throws what can be known before it starts: `unknown_language`, `invalid_request`, `plan_forbids`,
   * `rate_limited`, `quota_exceeded`, `queue_full`, `docker_unavailable`, `image_unavailable`, `store_unavailable`.
   */
  submit(viewer: Viewer, request: RunRequest, options?: SubmitOptions): Promise<SubmittedRun>;
  /** Follows a run from after `afterSeq`; of one that ended a while ago only its end is left. */
  watch(viewer: Viewer, id: string, afterSeq: number): Promise<AsyncIterableIterator<LoggedEvent>>;
  /** Gives a running interactive program input; `conflict` when it takes none (any more). */
  input(viewer: Viewer, id: string, input: RunInput): Promise<void>;
  /** `false` when the run had ended before. */
  cancel(viewer: Viewer, id: string): Promise<boolean>;
  /** Gives everything of a guest to a user, running programs too. `keptMs` is how long theirs are kept, `null` for ever. */
  adopt(guest: Viewer, user: Viewer, keptMs: number | null): Promise<void>;
  /** Takes no more runs, lets running ones end or cancels them, and resolves when none is left. */
  close(): Promise<void>;
}

export function createRuns(options: RunsOptions): Runs {
  const { store, queue, sandbox, catalogue, plans, rates, log, clock = () => new Date() } = options;
  const sessions = new Recent();
  const backlog = new Backlog(log);
  const keeping = new Keeping({ store, backlog, log });
  const upkeep = new Upkeep({ store, backlog, log, clock });
  let closing = false;

  /** Resolves when the queue has a place for the run, with its turn to come. */
  async function takePlace(session: Session): Promise<{ turn: Promise<Release> }> {
    let placed = () => {};
    const place = new Promise<void>((resolve) => {
      placed = resolve;
    });
    const turn = queue.enter({
      owner: session.charge.account,
      parallel: plans[session.plan].parallelRuns,
      signal: session.signal,
      onPosition(position) {
        session.moveTo(position);
        placed();
      },
    });
    turn.catch(() => {}); // whoever needs it awaits it; nobody has to
    await Promise.race([place, turn]);
    return { turn };
  }

  /** From here on the run is counted, kept and on its way, or none of it. */
  async function enter(session: Session): Promise<void> {
    const { turn } = await takePlace(session);
    try {
      await register(session);
    } catch (error) {
      session.cancel();
      turn.then((release) => release()).catch(() => {});
      throw error;
    }
    sessions.add(session);
    void execute(session, turn);
  }

  /** Takes the run out of its viewer's quota and keeps it, or neither. Throws `quota_exceeded`. */
  async function register(session: Session): Promise<void> {
    const { id, viewer, request, createdAt, charge } = session;
    const plan = plans[viewer.plan];
    const { accepted, used } = await store.acceptRun(
      {
        id,
        owner: viewer.id,
        request,
        createdAt,
        plan: viewer.plan,
        limits: session.limits,
        expiresAt: expiryOf(plan, createdAt),
      },
      { ...charge, limit: plan.runsPerDay },
    );
    session.used = used;
    if (!accepted) throw overQuota(session, plans);
  }

  /** From the run's turn to its end. Never rejects. */
  async function execute(session: Session, turn: Promise<Release>): Promise<void> {
    let release: Release = () => {};
    try {
      release = await turn;
      session.signal.throwIfAborted();
      session.started();
      const { outcome, released } = drive(session, sandbox, logFault(session));
      void released.then(release);
      await finish(session, await outcome);
    } catch (error) {
      release();
      await finishUnstarted(session, error);
    } finally {
      session.stdin.end();
    }
  }

  /** Nobody may be waiting for a run, so this, not the request, is the edge where its faults are logged. */
  function logFault({ id }: Session): (error: unknown) => void {
    return (error) => log.error({ err: error, run: id }, "the sandbox failed");
  }

  async function finishUnstarted(session: Session, error: unknown): Promise<void> {
    if (session.signal.aborted) {
      await finish(session, neverStarted("cancelled", null));
      return;
    }
    if (!(error instanceof NotStarted)) logFault(session)(error);
    const fault = publicFault(error instanceof NotStarted ? error.cause : error);
    session.fail(fault, await record(session, neverStarted("system_error", fault.message)));
  }

  async function finish(session: Session, outcome: RunOutcome): Promise<void> {
    const ours = session.interrupted && outcome.status === "cancelled";
    session.finish(await record(session, ours ? interrupted(outcome) : outcome));
  }

  /**
   * Makes the outcome a result and keeps it. What cannot be kept now is answered all the same, says so, and is not counted;
   * neither is a fault of ours.
   */
  async function record(session: Session, outcome: RunOutcome): Promise<RunResult> {
    const { id, charge } = session;
    const plan = plans[session.plan];
    const run = { id, charge };
    const ours = outcome.status === "system_error";
    // Before the end is written: a crash between the two then errs in the owner's favour.
    if (ours) session.used = (await keeping.refund(run)) ?? session.used - 1;
    const artifacts = storable(outcome.artifacts);
    const result = resultOf(session, { ...outcome, artifacts }, plan);
    const { image } = outcome;
    const kept = await keeping.end({ ...run, result, image, artifacts, charged: !ours });
    if (kept === "later") return unkept(result, plan, !ours);
    return kept === "gone" ? { ...result, artifacts: [] } : result;
  }

  /** The viewer's own run, running or kept; otherwise `not_found`, whether it is another's or not there. */
  async function find(viewer: Viewer, id: string): Promise<{ session: Session } | { record: OwnRun }> {
    const session = sessions.get(id);
    if (session?.viewer.id === viewer.id) return { session };
    const record = session ? null : await store.getRun(id);
    if (record?.owner !== viewer.id) throw notFound("run");
    return { record };
  }

  return {
    ...createHistory({ store, sessions, plans, clock }),
    begin: () => upkeep.begin(),

    async submit(viewer, request, { signal } = {}) {
      if (closing) throw stopping();
      const language = catalogue.find(request.language);
      refuseClashes(request, language);
      const plan = plans[viewer.plan];
      refuseForbidden(request, language, plan, viewer.plan);
      const minute = await takeMinute(rates, viewer, plan);

      const limits = limitsOf(plan.limits, language, modeFor(request));
      const session = new Session({ viewer, request, language, limits, createdAt: clock() });
      if (signal) session.bindTo(signal);
      try {
        await enter(session);
      } catch (error) {
        // A viewer's own quota is theirs to know; everything else that refuses a run is no fault of theirs.
        if (!(error instanceof AppError && error.code === "quota_exceeded")) await minute.giveBack();
        throw error;
      }
      await session.waitForSign(FIRST_SIGN_MS);
      if (session.failure) throw session.failure;
      return {
        id: session.id,
        usage: usageOf(session, plan),
        events: (afterSeq = 0) => session.log.watch(afterSeq),
        result: session.result,
      };
    },

    async watch(viewer, id, afterSeq) {
      const found = await find(viewer, id);
      return "session" in found ? found.session.log.watch(afterSeq) : replay(found.record, afterSeq);
    },

    async input(viewer, id, input) {
      const found = await find(viewer, id);
      if (!("session" in found)) throw runEnded();
      found.session.give(input);
    },

    async cancel(viewer, id) {
      const found = await find(viewer, id);
      return "session" in found && found.session.cancel();
    },

    async adopt(guest, user, keptMs) {
      for (const session of sessions.of(guest.id)) session.viewer = user;
      await store.adoptRuns(guest.id, user.id, keptMs);
    },

    async close() {
      closing = true;
      await allEnded(sessions.running, CLOSE_GRACE_MS);
      const late = sessions.running;
      for (const session of late) session.interrupt();
      await allEnded(late, CLOSE_CANCEL_MS);
      await upkeep.end();
    },
  };
}

/** The events of a run that only the store has: `done`, and before it, for who has seen nothing yet, the first one. */
function replay({ id, result }: OwnRun, afterSeq: number): AsyncIterableIterator<LoggedEvent> {
  if (!result) throw stillRunning(id);
  const log = new EventLog();
  log.append({ type: "queued", id, position: 0 });
  log.append({ type: "done", run: result });
  log.close();
  return log.watch(Math.min(afterSeq, 1));
}

function stillRunning(id: string): AppError {
  return new AppError("conflict", `The run has not ended yet; follow it at /api/runs/${id}/events.`, {
    retryAfterS: 1,
  });
}

async function allEnded(sessions: readonly Session[], withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.allSettled(sessions.map(({ result }) => result)), late]);
  clearTimeout(timer);
}

import { AppError } from "../errors";
import type { Catalogue } from "../languages/catalogue";
import { backgroundLog, type Logger } from "../log";
import type { RunFigures } from "../metrics";
import type { Plans } from "../plans";
import {
  type Channel,
  type CloseOptions,
  Interrupted,
  type JobHandler,
  type Queue,
  type RunJob,
  TakenAway,
} from "../queue";
import type { RunOutcome, RunSpec, Sandbox } from "../sandbox/sandbox";
import { type Stage, USUAL_SIZE } from "../schemas/run";
import type { Store } from "../store";
import { type RunTelemetry, UNWATCHED } from "../telemetry";
import { doneFor } from "../telemetry/context";
import type { Backlog } from "./backlog";
import { printedIn, testsIn } from "./events";
import { heldTo } from "./held-to-plans";
import type { LostRuns } from "./lost-runs";
import { brokenOff, endOfRetries, interrupted, neverStarted, publicFault } from "./outcomes";
import { ResultWriter } from "./record";
import { runInSandbox, SandboxBrokenError, SandboxStartError } from "./run-in-sandbox";
import { typedInput } from "./typed-input";
import { Upkeep } from "./upkeep";

/** When the server stops: how long programs may go on, and how long interrupted ones may take to end. */
const CLOSE_OPTIONS: CloseOptions = { graceMs: 4_000, interruptMs: 3_000 };

const MORE_THAN_PLANNED =
  "a run asks for more than the plans allow here, and is held to these: set QUICKSAND_PLANS to the same at every process";

export interface ExecutorOptions {
  store: Store;
  queue: Queue;
  channel: Channel;
  sandbox: Sandbox;
  catalogue: Catalogue;
  backlog: Backlog;
  figures: RunFigures;
  log: Logger;
  /** Programs that run at once. */
  concurrency: number;
  telemetry?: RunTelemetry;
  clock?: () => Date;
  /** This process's own, where jobs come from another, which may have been told of other ones: nothing is allowed more than these say. */
  plans?: Plans;
  /** What the queue has lost, where it can lose something. */
  lostRuns?: LostRuns;
  closeOptions?: CloseOptions;
}

/** Takes jobs from the queue, runs their programs and records how they ended. Knows nothing of the process that accepted them. */
export interface Executor {
  /** Ends the runs that a former process left, and begins to take jobs. Never rejects: work for a store that is away is retried. */
  begin(): Promise<void>;
  /** Lets running programs end or interrupts them, and resolves when none is left. */
  close(): Promise<void>;
  /** Ids of the runs that have ended here and whose end could not be written yet. */
  readonly unwritten: readonly string[];
}

export function createExecutor({ clock = () => new Date(), ...options }: ExecutorOptions): Executor {
  const { lostRuns, closeOptions = CLOSE_OPTIONS, telemetry = UNWATCHED, plans } = options;
  const { store, queue, channel, sandbox, catalogue, backlog, figures, log, concurrency } = options;
  const writer = new ResultWriter({ store, channel, backlog, log });
  const upkeep = new Upkeep({ store, backlog, log: backgroundLog(log), clock, lostRuns });

  /** From a job's turn to its recorded end. */
  const execute: JobHandler = async (given, signal, release, attempt) => {
    const language = catalogue.all.find(({ id }) => id === given.language);
    const job = plans ? heldTo(plans, given, language ?? {}) : given;
    if (job !== given) log.warn({ run: job.id }, MORE_THAN_PLANNED);
    const watch = telemetry.executing(job);
    // A run that was cancelled before its turn has waited for nothing.
    const queuedMs = signal.aborted ? 0 : waitedMs(job);
    let startedMs: number | null = null;
    if (attempt.number > 1 && (await writer.tellStored(job))) {
      release();
      return watch.leave();
    }
    const lost = endOfRetries(attempt);
    if (lost !== null) {
      release();
      const end = await lostOutcome(job, lost);
      watch.stage("record");
      note(job, end, null);
      await writer.finish(job, end, queuedMs);
      return watch.end(end);
    }
    if (attempt.number > 1) log.warn({ run: job.id }, "running a program anew: its worker was lost");
    if (!signal.aborted) watch.stage("sandbox");
    const end = await runProgram(job, signal, release, (stage) => {
      startedMs ??= waitedMs(job);
      watch.stage(stage);
    });
    // Another worker has the job, and records how it ends there.
    if (signal.reason instanceof TakenAway) return watch.leave();
    watch.stage("record");
    note(job, end, startedMs);
    if (end instanceof AppError) {
      await writer.fail(job, end, queuedMs);
      watch.end({ status: "system_error", isolation: null });
    } else {
      const recorded = endedByServer(end, signal) ? interrupted(end) : end;
      await writer.finish(job, recorded, queuedMs);
      watch.end(recorded);
    }
  };

  function note(job: RunJob, end: RunOutcome | AppError, startedMs: number | null): void {
    const failed = end instanceof AppError || end.status === "system_error";
    // What a person typed into, or stopped, took the time that they took.
    const own = !failed && job.mode === "batch" && end.status !== "cancelled";
    figures.ended({ waitMs: startedMs, totalMs: own ? waitedMs(job) : null, failed });
  }

  /** How the run ended, or our fault, when that kept its program from starting. */
  async function runProgram(
    job: RunJob,
    signal: AbortSignal,
    release: () => void,
    onStage: (stage: Stage) => void,
  ): Promise<RunOutcome | AppError> {
    let released = Promise.resolve();
    let typed: ReturnType<typeof typedInput> | null = null;
    try {
      signal.throwIfAborted();
      const { id, request, mode, signals, limits, sandboxLimits } = job;
      const { code, files, args, tests, stdin, env, mainFile } = request;
      const spec: RunSpec = {
        id,
        language: catalogue.find(job.language),
        options: request.options,
        code,
        files,
        args,
        tests,
        mode,
        signals,
        terminal: request.terminal ?? USUAL_SIZE,
        repl: request.repl === true,
        limits,
        sandboxLimits,
        env,
        mainFile,
      };
      // Input that is known whole is passed whole: the sandbox can then give it to the program as a file.
      typed = mode === "batch" ? null : typedInput(stdin, channel.controls(id), { signals });
      const io = { signal, stdin: typed ?? stdin };
      const run = runInSandbox(sandbox, spec, io, {
        onEvent: (event) => {
          if (event.type === "stage") onStage(event.stage);
          channel.append(id, event);
        },
        onFault: (error) => logFault(job, error),
      });
      released = run.released;
      return await run.outcome;
    } catch (error) {
      return endWithoutOutcome(error, job, signal);
    } finally {
      // What is said from now on is for the program of the worker that has the job.
      if (signal.reason instanceof TakenAway) void typed?.return?.();
      void released.then(release);
    }
  }

  /** The outcome of a run whose worker was lost, with what it had printed there. */
  async function lostOutcome(job: RunJob, message: string): Promise<RunOutcome> {
    const events = (await channel.read(job.id).catch(() => null)) ?? [];
    const outcome = neverStarted(job.request, "system_error", message);
    return { ...outcome, output: { ...outcome.output, ...printedIn(events, "run") } };
  }

  /** The best known outcome of a run whose sandbox did not report one. */
  async function endWithoutOutcome(
    error: unknown,
    job: RunJob,
    signal: AbortSignal,
  ): Promise<RunOutcome | AppError> {
    const { request, language } = job;
    const broken = error instanceof SandboxBrokenError;
    const cause = broken || error instanceof SandboxStartError ? error.cause : error;
    if (!signal.aborted) logFault(job, cause);
    if (!broken) return signal.aborted ? neverStarted(request, "cancelled", null) : publicFault(cause);

    const events = (await channel.read(job.id).catch(() => null)) ?? [];
    const { stage, elapsedMs } = error;
    const compiled = stage === "run" && catalogue.find(language).compile !== undefined;
    const printed = (of: Stage) => printedIn(events, of);
    const progress = { stage, elapsedMs, compiled, printed, tests: testsIn(events) };
    if (signal.aborted) return brokenOff(request, progress, "cancelled", null);
    const message = cause instanceof AppError ? cause.message : "The sandbox broke off; run it again.";
    return brokenOff(request, progress, "system_error", message);
  }

  /** A run may have no request that waits for it, so its faults are logged here. */
  function logFault({ id }: RunJob, error: unknown): void {
    log.error({ err: error, run: id }, "the sandbox failed");
  }

  return {
    get unwritten() {
      return writer.unwritten;
    },

    async begin() {
      await upkeep.begin();
      await queue.work(
        // A turn may begin with the end of another's run; what is done in it is this run's.
        (job, signal, release, attempt) =>
          doneFor({ run: job.id }, () => execute(job, signal, release, attempt)),
        { concurrency },
      );
    },

    async close() {
      await queue.close(closeOptions);
      await upkeep.end();
    },
  };
}

function waitedMs({ acceptedAtMs }: RunJob): number {
  return Math.max(0, Math.round(performance.timeOrigin + performance.now() - acceptedAtMs));
}

function endedByServer({ status }: RunOutcome, { reason }: AbortSignal): boolean {
  return status === "cancelled" && reason instanceof Interrupted;
}

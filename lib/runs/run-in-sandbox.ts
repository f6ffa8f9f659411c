import { AppError } from "../errors";
import type { RunIo, RunOutcome, RunSpec, Sandbox, SandboxEvent } from "../sandbox/sandbox";
import { TESTS_TIMES } from "../schemas/limits";
import type { Stage } from "../schemas/run";
import { withTimeout } from "../system/with-timeout";

/** How long a sandbox may take to start the program, once its image is there. */
const START_GRACE_MS = 30_000;
/** How long a sandbox may take to end a run that was told to stop. */
const STOP_GRACE_MS = 5_000;
/** How long after a stage's own limit a sandbox is given up; the sandbox itself enforces the limits. */
const LIMIT_GRACE_MS = 15_000;

/** The sandbox failed before the program had started. */
export class SandboxStartError extends Error {}

/** The sandbox failed, or did not end in time, after the program had started. */
export class SandboxBrokenError extends Error {
  readonly stage: Stage;
  /** How long the stage had been running. */
  readonly elapsedMs: number;

  constructor({ stage, sinceMs }: Started, cause: unknown) {
    super(`The sandbox broke off during the ${stage} stage.`, { cause });
    this.stage = stage;
    this.elapsedMs = Math.round(performance.now() - sinceMs);
  }
}

export interface SandboxRun {
  /** How the run ended. Rejects with `SandboxStartError` or `SandboxBrokenError` when the sandbox does not report it. */
  outcome: Promise<RunOutcome>;
  /** Resolves, always, when the sandbox has cleaned up after the run, or is given up. */
  released: Promise<void>;
}

export interface SandboxRunOptions {
  onEvent: (event: Exclude<SandboxEvent, { type: "done" }>) => void;
  /** Called with what goes wrong after the outcome is known. */
  onFault: (error: unknown) => void;
}

/** The stage that runs, and when it began by the monotonic clock. */
interface Started {
  stage: Stage;
  sinceMs: number;
}

/** Runs a program in the sandbox. `outcome` settles in time whatever the sandbox does or fails to do. */
export function runInSandbox(
  sandbox: Sandbox,
  spec: RunSpec,
  io: RunIo,
  { onEvent, onFault }: SandboxRunOptions,
): SandboxRun {
  const events = sandbox.run(spec, io)[Symbol.asyncIterator]();
  const watchdog = new Watchdog(spec, io.signal);
  let started: Started | undefined;

  async function readEvents(): Promise<RunOutcome> {
    for (;;) {
      const { done, value: event } = await events.next();
      if (done) throw new Error("The sandbox ended a run without an outcome.");
      if (event.type === "done") return event.outcome;
      if (event.type === "preparing") watchdog.onPreparing();
      if (event.type === "stage") {
        started = { stage: event.stage, sinceMs: performance.now() };
        watchdog.onStage(event.stage);
      }
      onEvent(event);
    }
  }

  const outcome = Promise.race([readEvents(), watchdog.givenUp])
    .catch((cause: unknown) => {
      if (started) throw new SandboxBrokenError(started, cause);
      throw new SandboxStartError("The sandbox did not start.", { cause });
    })
    .finally(() => watchdog.end());
  const close = () => closeEvents(events, onFault);
  return { outcome, released: outcome.then(close, close) };
}

/** Gives up a sandbox that does not start or end a run in time. */
class Watchdog {
  /** Rejects when the sandbox is given up. */
  readonly givenUp: Promise<never>;
  readonly #spec: RunSpec;
  readonly #signal: AbortSignal;
  #reject: (error: Error) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  readonly #onAbort = () => this.#giveUpAfter(STOP_GRACE_MS);

  constructor(spec: RunSpec, signal: AbortSignal) {
    this.#spec = spec;
    this.#signal = signal;
    this.givenUp = new Promise((_, reject) => {
      this.#reject = reject;
    });
    if (signal.aborted) this.#onAbort();
    else this.#giveUpAfter(START_GRACE_MS, engineHangs());
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Making an image has no limit: its progress is shown to the viewer, who can cancel. */
  onPreparing(): void {
    if (!this.#signal.aborted) clearTimeout(this.#timer);
  }

  onStage(stage: Stage): void {
    if (!this.#signal.aborted) this.#giveUpAfter(wallClockMs(stage, this.#spec) + LIMIT_GRACE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    // The signal may outlive the run; without this it would keep the sandbox in memory.
    this.#signal.removeEventListener("abort", this.#onAbort);
  }

  #giveUpAfter(ms: number, error: Error = new Error(`The sandbox did not end in ${ms} ms.`)): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reject(error), ms);
  }
}

/** How long a stage may take by the wall clock; all tests together have a few times the time of one run stage. */
function wallClockMs(stage: Stage, { limits, tests }: RunSpec): number {
  if (stage === "run" && tests.length > 0) return TESTS_TIMES * limits.run.timeoutMs;
  return stage === "run" && limits.attended ? limits.attended.totalMs : limits[stage].timeoutMs;
}

function engineHangs(): AppError {
  const seconds = START_GRACE_MS / 1_000;
  return new AppError(
    "docker_unavailable",
    `Docker did not start the program in ${seconds} s: it hangs or has too much to do. Try again, or restart Docker.`,
  );
}

/** Stops reading a sandbox's events, which makes the sandbox clean up after the run. */
async function closeEvents(
  events: AsyncIterator<SandboxEvent>,
  onFault: (error: unknown) => void,
): Promise<void> {
  const closed = Promise.resolve(events.return?.()).then(() => {}, onFault);
  await withTimeout(closed, STOP_GRACE_MS, () => {
    onFault(new Error(`The sandbox did not clean up after a run in ${STOP_GRACE_MS} ms.`));
  });
}

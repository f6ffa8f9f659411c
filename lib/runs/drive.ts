import { AppError } from "../errors";
import type { RunOutcome, Sandbox, SandboxEvent } from "../sandbox/sandbox";
import type { Stage } from "../schemas/run";
import type { Session } from "./session";

/** How long a sandbox may be silent before the program starts; making an image is not silent. */
const START_GRACE_MS = 30_000;
/** How long a sandbox may take to end a run that was told to stop. */
const STOP_GRACE_MS = 5_000;
/** How long after a stage's own limit a sandbox is given up; the sandbox itself enforces the limits. */
const LIMIT_GRACE_MS = 15_000;

/** The sandbox failed before the program had started. */
export class NotStarted extends Error {}

export interface Drive {
  /** How the run ended. Rejects with `NotStarted` when it has not even started; then nothing was charged to anyone. */
  outcome: Promise<RunOutcome>;
  /** Resolves, always, when the sandbox has let go of the run (or is given up). */
  released: Promise<void>;
}

/** Takes a run through the sandbox: events to its log, its input to the program, its end as an outcome. */
export function drive(session: Session, sandbox: Sandbox, onFault: (error: unknown) => void): Drive {
  const { id, language, request, mode, limits, signal, stdin } = session;
  const { code, files, args, tests } = request;
  const events = sandbox
    // Input that is known whole is given whole: the sandbox can make more of it than of a stream.
    .run(
      { id, language, code, files, args, tests, mode, limits },
      { signal, stdin: mode === "batch" ? request.stdin : stdin },
    )
    [Symbol.asyncIterator]();
  const progress: Progress = { stage: null, stageStartedAt: 0 };

  const outcome = readOutcome(events, session, progress).catch((error: unknown) => {
    if (signal.aborted) return partialOutcome(session, progress, "cancelled", null);
    onFault(error);
    if (progress.stage === null) throw new NotStarted("The sandbox did not start.", { cause: error });
    const reason = error instanceof AppError ? error.message : "The sandbox broke off; run it again.";
    return partialOutcome(session, progress, "system_error", reason);
  });
  const released = outcome.then(
    () => letGo(events, onFault),
    () => letGo(events, onFault),
  );
  return { outcome, released };
}

interface Progress {
  stage: Stage | null;
  stageStartedAt: number;
}

/** The outcome as the sandbox tells it, or a rejection when it breaks off, ends without one, or never ends. */
function readOutcome(
  events: AsyncIterator<SandboxEvent>,
  session: Session,
  progress: Progress,
): Promise<RunOutcome> {
  let watchdog: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const reading = new Promise<RunOutcome>((resolve, reject) => {
    const giveUpAfter = (ms: number, error: Error = new Error(`The sandbox did not end in ${ms} ms.`)) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => reject(error), ms);
    };
    const onPreparing = () => {
      if (!session.signal.aborted) clearTimeout(watchdog);
    };
    const onStage = (stage: Stage) => {
      progress.stage = stage;
      progress.stageStartedAt = performance.now();
      if (!session.signal.aborted) giveUpAfter(longest(stage, session) + LIMIT_GRACE_MS);
    };
    onAbort = () => giveUpAfter(STOP_GRACE_MS);
    if (session.signal.aborted) onAbort();
    else giveUpAfter(START_GRACE_MS, engineHangs());
    session.signal.addEventListener("abort", onAbort, { once: true });
    readEvents(events, session, { onPreparing, onStage }).then(resolve, reject);
  });
  return reading.finally(() => {
    clearTimeout(watchdog);
    // The session is kept for a while; the sandbox that it would hold on to need not be.
    session.signal.removeEventListener("abort", onAbort);
  });
}

async function readEvents(
  events: AsyncIterator<SandboxEvent>,
  session: Session,
  { onPreparing, onStage }: { onPreparing: () => void; onStage: (stage: Stage) => void },
): Promise<RunOutcome> {
  for (;;) {
    const { done, value: event } = await events.next();
    if (done) throw new Error("The sandbox ended a run without an outcome.");
    session.showSign();
    if (event.type === "done") return event.outcome;
    if (event.type === "preparing") onPreparing();
    if (event.type === "stage") onStage(event.stage);
    session.log.append(event);
  }
}

/** How long a stage may take by the wall clock. */
function longest(stage: Stage, { limits, request }: Session): number {
  if (stage === "run" && limits.attended) return limits.attended.totalMs;
  return limits[stage].timeoutMs * (stage === "run" ? Math.max(1, request.tests.length) : 1);
}

function engineHangs(): AppError {
  const seconds = START_GRACE_MS / 1_000;
  return new AppError(
    "docker_unavailable",
    `Docker did not start the program in ${seconds} s: it hangs or has too much to do. Try again, or restart Docker.`,
  );
}

/** Ends the reading of a sandbox's events, which is when it cleans up after the run. */
async function letGo(events: AsyncIterator<SandboxEvent>, onFault: (error: unknown) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      onFault(new Error(`The sandbox did not let go of a run in ${STOP_GRACE_MS} ms.`));
      resolve();
    }, STOP_GRACE_MS);
  });
  await Promise.race([Promise.resolve(events.return?.()).then(() => {}, onFault), late]);
  clearTimeout(timer);
}

/** What can be said of a run whose sandbox did not say it: everything that it had printed is kept. */
function partialOutcome(
  session: Session,
  { stage, stageStartedAt }: Progress,
  status: "cancelled" | "system_error",
  message: string | null,
): RunOutcome {
  const elapsedMs = stage === null ? 0 : Math.round(performance.now() - stageStartedAt);
  const compile = session.log.text("compile");
  const inCompile = stage === "compile";
  const compiled = inCompile || (stage === "run" && session.language.compile !== undefined);
  return {
    ...neverStarted(status, message),
    output: { ...session.log.text("run"), exitCode: null, signal: null, truncated: false },
    compile: compiled
      ? { ...compile, exitCode: inCompile ? null : 0, durationMs: inCompile ? elapsedMs : 0 }
      : null,
    durationMs: inCompile ? 0 : elapsedMs,
  };
}

/** The outcome of a run whose program did nothing. */
export function neverStarted(status: "cancelled" | "system_error", message: string | null): RunOutcome {
  return {
    status,
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false },
    compile: null,
    durationMs: 0,
    cpuMs: 0,
    memoryUsed: 0,
    isolation: "container",
    tests: [],
    artifacts: [],
    image: null,
    message,
  };
}

import assert from "node:assert/strict";
import type { Viewer } from "../../auth/viewer";
import { AppError } from "../../errors";
import { LANGUAGES, type Language } from "../../languages";
import { createCatalogue } from "../../languages/catalogue";
import { createLog } from "../../log";
import { RunFigures } from "../../metrics";
import { PLANS, type Plans } from "../../plans";
import type { Queue } from "../../queue";
import { openMemoryQueue } from "../../queue/memory";
import { createRates } from "../../rates";
import type {
  Progress,
  RunIo,
  RunOutcome,
  RunSpec,
  Sandbox,
  SandboxEvent,
  SandboxHealth,
} from "../../sandbox/sandbox";
import { type RunRequest, type RunRequestInput, runRequestSchema } from "../../schemas/run";
import type { Store } from "../../store";
import { Backlog, createExecutor, createRuns, type LoggedEvent, type Runs, type SubmittedRun } from "..";
import type { Artifact } from "../history";
import { tempStore } from "./temp-store";

/** What a scripted sandbox does with a run. */
export type Script = (spec: RunSpec, io: RunIo) => AsyncIterable<SandboxEvent>;

/** A sandbox that follows a script instead of running anything, and remembers what it was asked. */
export class ScriptedSandbox implements Sandbox {
  readonly specs: RunSpec[] = [];
  /** Runs whose events nobody reads any more. */
  released = 0;
  closed = false;
  script: Script;

  constructor(script: Script = printing("hello\n")) {
    this.script = script;
  }

  async *run(spec: RunSpec, io: RunIo): AsyncGenerator<SandboxEvent> {
    this.specs.push(spec);
    try {
      yield* this.script(spec, io);
    } finally {
      this.released++;
    }
  }

  async prepare(): Promise<void> {}

  expect(_language: Language): void {}

  ready(_language: Language): boolean {
    return true;
  }

  printedVersion(_language: Language): string | null {
    return null;
  }

  progress(_language: Language): Progress | null {
    return null;
  }

  async health(): Promise<SandboxHealth> {
    return { ok: true, version: "0", warm: 1, running: 0, ready: ["python"], missing: [] };
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

export function outcome(changes: Partial<RunOutcome> = {}): RunOutcome {
  return {
    status: "success",
    output: { stdout: "", stderr: "", exitCode: 0, signal: null, truncated: false },
    compile: null,
    durationMs: 12,
    cpuMs: 8,
    memoryUsed: 4_000_000,
    isolation: "container",
    tests: [],
    artifacts: [],
    image: "sha256:0123",
    message: null,
    ...changes,
  };
}

/** Prints and ends well. */
export function printing(...texts: string[]): Script {
  return async function* () {
    yield { type: "stage", stage: "run" };
    for (const text of texts) yield { type: "stdout", text };
    const output = { stdout: texts.join(""), stderr: "", exitCode: 0, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ output }) };
  };
}

/** Prints, then goes on until it is told to stop. */
export function running(text = "first\n"): Script {
  return async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text };
    await aborted(signal);
    const output = { stdout: text, stderr: "", exitCode: null, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ status: "cancelled", output }) };
  };
}

/** Answers each part of its input with itself, and what is said to a terminal as JSON, until the end of input. */
export const echoing: Script = async function* (_spec, { stdin }) {
  yield { type: "stage", stage: "run" };
  let stdout = "";
  for await (const said of stdin) {
    const text = typeof said === "string" ? said : JSON.stringify(said);
    stdout += text;
    yield { type: "stdout", text };
  }
  const output = { stdout, stderr: "", exitCode: 0, signal: null, truncated: false };
  yield { type: "done", outcome: outcome({ output }) };
};

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

export const GUEST: Viewer = { id: "guest_a", plan: "guest", account: "address_a" };
export const OTHER: Viewer = { id: "guest_b", plan: "guest", account: "address_b" };

/** A day's quota as it is, and as many runs at once as a test has use for. */
export const ROOMY_PLANS: Plans = {
  ...PLANS,
  guest: { ...PLANS.guest, runsPerMinute: 1_000_000, parallelRuns: 1_000, requestsPerMinute: 1_000_000 },
};

export function request(changes: Partial<RunRequestInput> = {}): RunRequest {
  return runRequestSchema.parse({ language: "python", code: "print(1)", ...changes });
}

export interface Bench {
  runs: Runs;
  sandbox: ScriptedSandbox;
  store: Store;
  queue: Queue;
  figures: RunFigures;
  /** Stops as a server does: no more runs are taken, then the executor closes. */
  close(): Promise<void>;
}

export interface BenchOptions {
  concurrency?: number;
  limit?: number;
  store?: Store;
  plans?: Plans;
  clock?: () => Date;
}

/** Both halves of the way of a run, as one process has them, with a scripted sandbox. */
export async function bench(script?: Script, options: BenchOptions = {}): Promise<Bench> {
  const { concurrency = 4, limit = 10, store = tempStore(), plans = ROOMY_PLANS, clock } = options;
  const sandbox = new ScriptedSandbox(script);
  const log = createLog("silent");
  const { queue, channel } = openMemoryQueue({ limit });
  const catalogue = createCatalogue(LANGUAGES, "*");
  const shared = {
    store,
    queue,
    channel,
    catalogue,
    backlog: new Backlog(log),
    log,
    ...(clock && { clock }),
  };
  const runs = createRuns({ ...shared, plans, rates: createRates() });
  const figures = new RunFigures();
  const executor = createExecutor({ ...shared, sandbox, concurrency, figures });
  await executor.begin();
  const close = () => {
    runs.close();
    return executor.close();
  };
  return { runs, sandbox, store, queue, figures, close };
}

/** Everything that is still to come. */
export async function collect(events: AsyncIterable<LoggedEvent>): Promise<LoggedEvent[]> {
  const collected: LoggedEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

/** Waits until the run has printed something; fails when it ends without. */
export async function firstOutput(run: Pick<SubmittedRun, "events">): Promise<void> {
  for await (const { event } of run.events()) if (event.type === "stdout") return;
  assert.fail("the run ended without output");
}

export function textOf(events: readonly LoggedEvent[], type: "stdout" | "stderr" = "stdout"): string {
  return events.map(({ event }) => (event.type === type ? event.text : "")).join("");
}

/** Lets everything that is due happen, a commit of the store and what follows from it too. */
export async function tick(): Promise<void> {
  const turns = async () => {
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  await turns();
  // The disk is waited for on another thread.
  while (process.getActiveResourcesInfo().some((resource) => resource.startsWith("FSReq"))) await turns();
  await turns();
}

/** For `assert.rejects`: an `AppError` with this code. */
export function code(expected: string) {
  return (error: unknown) => {
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.code, expected);
    return true;
  };
}

/** Everything of the one is in the other, which may have more. */
export function assertHas(whole: object, part: object | null | undefined): void {
  assert.ok(part);
  assert.deepEqual({ ...whole, ...part }, whole);
}

/** All of a file that a run left. */
export async function bytesOf({ bytes }: Artifact): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

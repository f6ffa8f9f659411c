import { argvOf } from "../languages";
import type { StageLimits } from "../plans";
import type { TestResult } from "../schemas/run";
import {
  ARCHIVE_TIMEOUT_MS,
  MAX_ARCHIVE_BYTES,
  MAX_ARTIFACT_BYTES,
  MAX_ARTIFACTS,
  readArtifacts,
} from "./artifacts";
import type { Container } from "./container/container";
import type { Frame } from "./container/frames";
import type { Step, StepInput, Trailer } from "./container/supervisor";
import {
  addTo,
  compileFailed,
  compileResult,
  messageOf,
  NOTHING_YET,
  programOutput,
  round,
  type StepEnd,
  testStatus,
} from "./outcome";
import { OutputCollector } from "./output";
import type { RunArtifact, RunIo, RunSpec, SandboxEvent } from "./sandbox";
import { signalName } from "./signals";
import { cpuSeconds, stageLimits } from "./stage-limits";

/** Time for Docker to tell what a run had used before it is killed. */
const USAGE_MS = 300;
/** Clean-up after a kill may take so long before we say that the engine does not answer. */
const KILL_MS = 7_000;

/** Why a step ended early: by us, from outside. */
type Stop = "timeout" | "cancelled" | "output_limit";

/** Runs a program in a fresh container: compile, then run or the tests, as steps of the one container. */
export async function* execute(container: Container, spec: RunSpec, io: RunIo): AsyncGenerator<SandboxEvent> {
  const { language, limits } = spec;
  const files = [{ path: language.mainFile, content: spec.code }, ...spec.files];
  const compileOutput = new OutputCollector(limits.outputBytes);
  let compiled: StepEnd | null = null;

  if (language.compile) {
    yield { type: "stage", stage: "compile" };
    const stage = stageLimits(spec, "compile");
    const step: Step = {
      files,
      argv: argvOf(language.compile, {
        limits: stage,
        sources: files.map(({ content }) => content),
        ownImage: container.ownImage,
      }),
      standby: false,
      input: { kind: "none" },
      last: false,
      measure: false,
      collect: false,
      cpuSeconds: cpuSeconds(stage),
    };
    compiled = yield* runStep(container, step, stage, compileOutput, io);
    if (compiled.status !== "success") {
      yield { type: "done", outcome: compileFailed(container, spec, compiled, compileOutput) };
      return;
    }
    await container.update(limits.run);
  }

  yield { type: "stage", stage: "run" };
  const output = new OutputCollector(limits.outputBytes);
  const sent = compiled ? [] : files;
  const { end, tests } =
    spec.tests.length > 0
      ? yield* runTests(container, spec, sent, output, io)
      : { end: yield* runProgram(container, spec, sent, output, io), tests: [] };
  const left = end.trailer?.written ? await takeArtifacts(container) : NO_ARTIFACTS;
  yield {
    type: "done",
    outcome: {
      status: end.status,
      output: programOutput(end, output),
      compile: compiled && compileResult(compiled, compileOutput),
      durationMs: round(end.durationMs),
      cpuMs: round(end.cpuMs),
      memoryUsed: end.memoryBytes,
      tests,
      artifacts: left.artifacts,
      image: container.image,
      message: messageOf(end.status, "run", limits.run, limits.outputBytes) ?? left.message,
    },
  };
}

const NO_ARTIFACTS = { artifacts: [] as RunArtifact[], message: null };

/** The files the program left, and words for those that could not be taken. */
async function takeArtifacts(
  container: Container,
): Promise<{ artifacts: readonly RunArtifact[]; message: string | null }> {
  const limits = `at most ${MAX_ARTIFACTS} plain files, ${MAX_ARTIFACT_BYTES / 1_048_576} MB in all, directly in $OUTPUT_DIR`;
  const archive = await container.archive(MAX_ARCHIVE_BYTES, ARCHIVE_TIMEOUT_MS);
  if (!archive)
    return {
      artifacts: [],
      message: `The files in $OUTPUT_DIR were not kept: they are too large (${limits}).`,
    };
  const { artifacts, left } = readArtifacts(archive);
  return {
    artifacts,
    message: left > 0 ? `${left} of the files in $OUTPUT_DIR were not kept (${limits}).` : null,
  };
}

async function* runProgram(
  container: Container,
  spec: RunSpec,
  files: Step["files"],
  output: OutputCollector,
  io: RunIo,
): AsyncGenerator<SandboxEvent, StepEnd> {
  const step = runStepOf(container, spec, files, programInput(io.stdin), true);
  return yield* runStep(container, step, spec.limits.run, output, io);
}

/** Input that is known whole leaves the container's stream open, so that its end can come when nothing waits for it. */
function programInput(stdin: RunIo["stdin"]): StepInput {
  if (typeof stdin !== "string") return { kind: "stream" };
  return stdin === "" ? { kind: "none" } : { kind: "bytes", bytes: Buffer.from(stdin, "utf8") };
}

/** Each test is a step with its own input; all of them together have the run stage's time. */
async function* runTests(
  container: Container,
  spec: RunSpec,
  files: Step["files"],
  output: OutputCollector,
  io: RunIo,
): AsyncGenerator<SandboxEvent, { end: StepEnd; tests: TestResult[] }> {
  const tests: TestResult[] = [];
  const total: StepEnd = { ...NOTHING_YET };
  for (const [index, test] of spec.tests.entries()) {
    if (total.trailer === null && index > 0) {
      tests.push({ status: "skipped", actual: "", durationMs: 0 });
      continue;
    }
    const own = new OutputCollector(output.leftBytes);
    const input: StepInput = { kind: "bytes", bytes: Buffer.from(test.stdin, "utf8") };
    const step = runStepOf(container, spec, index === 0 ? files : [], input, index === spec.tests.length - 1);
    const left = { ...spec.limits.run, timeoutMs: Math.max(1, spec.limits.run.timeoutMs - total.durationMs) };
    const end = yield* runStep(container, step, left, own, io);
    for (const stream of ["stdout", "stderr"] as const)
      output.push(stream, Buffer.from(own.text(stream), "utf8"));
    tests.push({
      status: testStatus(end.status, own.text("stdout"), test.expected),
      actual: own.text("stdout"),
      durationMs: round(end.durationMs),
    });
    addTo(total, end);
  }
  return { end: total, tests };
}

/** Runs one step to its end, whichever comes first: its trailer, a limit, a cancel, or the container's death. */
async function* runStep(
  container: Container,
  step: Step,
  stage: StageLimits,
  output: OutputCollector,
  io: RunIo,
): AsyncGenerator<SandboxEvent, StepEnd> {
  const started = performance.now();
  const watch = new Watch(container, stage.timeoutMs, io.signal);
  const frames = container.step(step);
  if (step.input.kind === "stream" && typeof io.stdin !== "string") void feed(container, io.stdin, watch);
  try {
    let trailer: Trailer | null = null;
    for (;;) {
      const next = await frames.next();
      if (next.done) {
        trailer = next.value;
        break;
      }
      yield* take(output, next.value);
      if (output.truncated) {
        watch.stop("output_limit");
        break;
      }
    }
    const durationMs = performance.now() - started;
    yield* endOf(output);
    return await stepEnd(container, trailer, watch, durationMs);
  } finally {
    watch.end();
  }
}

function* take(output: OutputCollector, frame: Frame): Generator<SandboxEvent> {
  const text = output.push(frame.stream, frame.data);
  if (text !== "") yield { type: frame.stream, text };
}

function* endOf(output: OutputCollector): Generator<SandboxEvent> {
  for (const stream of ["stdout", "stderr"] as const) {
    const text = output.end(stream);
    if (text !== "") yield { type: stream, text };
  }
}

/** Gives the program its input as it comes, and its end. Input that breaks off has ended too. */
async function feed(container: Container, stdin: AsyncIterable<string>, watch: Watch): Promise<void> {
  try {
    for await (const text of stdin) {
      if (watch.over) return;
      await container.write(text);
    }
  } catch {}
  if (!watch.over) container.endInput();
}

/** Ends a step from outside when its time is over or its viewer says so. */
class Watch {
  stopped: Stop | null = null;
  over = false;
  /** What was used by then, and whether the kill went through. */
  usage: Promise<{ memoryBytes: number; cpuMs: number } | null> = Promise.resolve(null);
  killed: Promise<void> = Promise.resolve();
  readonly #container: Container;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.stop("cancelled");

  constructor(container: Container, timeoutMs: number, signal: AbortSignal) {
    this.#container = container;
    this.#signal = signal;
    this.#timer = setTimeout(() => this.stop("timeout"), timeoutMs);
    if (signal.aborted) this.stop("cancelled");
    else signal.addEventListener("abort", this.#onAbort);
  }

  stop(reason: Stop): void {
    if (this.stopped || this.over) return;
    this.stopped = reason;
    this.usage = this.#container.usage(USAGE_MS);
    this.killed = this.usage.then(() =>
      this.#container.kill(reason === "output_limit" ? "discard" : "drain"),
    );
    // Whoever needs to know awaits it; nobody may be there to.
    this.killed.catch(() => {});
  }

  end(): void {
    this.over = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener("abort", this.#onAbort);
  }
}

async function stepEnd(
  container: Container,
  trailer: Trailer | null,
  watch: Watch,
  durationMs: number,
): Promise<StepEnd> {
  // A program that ended as it was being cancelled has ended.
  if (trailer && (!watch.stopped || watch.stopped === "cancelled")) {
    const status = trailer.exitCode === 0 ? "success" : trailer.oomKills > 0 ? "memory_limit" : "error";
    return {
      status,
      trailer,
      exitCode: trailer.exitCode,
      signal: trailer.signaled ? signalName(trailer.exitCode - 128) : null,
      durationMs,
      cpuMs: trailer.cpuMs,
      memoryBytes: trailer.memoryBytes,
    };
  }
  if (watch.stopped) {
    const usage = await watch.usage;
    await within(watch.killed, KILL_MS);
    return {
      ...NOTHING_YET,
      status: await stopStatus(container, watch.stopped),
      durationMs,
      cpuMs: usage?.cpuMs ?? 0,
      memoryBytes: usage?.memoryBytes ?? 0,
    };
  }
  return { ...NOTHING_YET, durationMs, ...(await endedByItself(container)) };
}

/**
 * Many processes at the limit of memory can keep the kernel reclaiming until their time is over. As with a program that ends by itself,
 * a failure in which something was killed for memory is one of memory.
 */
async function stopStatus(container: Container, stop: Stop): Promise<Stop | "memory_limit"> {
  if (stop !== "timeout") return stop;
  const killedForMemory = await container.state().then(
    ({ oomKilled }) => oomKilled,
    () => false,
  );
  return killedForMemory ? "memory_limit" : stop;
}

/** The supervisor is gone without a word: killed for memory, unable to fork any more, or Docker went away. */
async function endedByItself(container: Container): Promise<Pick<StepEnd, "status" | "exitCode" | "signal">> {
  const { oomKilled, exitCode } = await container.state();
  if (oomKilled) return { status: "memory_limit", exitCode: 137, signal: "SIGKILL" };
  // The supervisor's way to say that it could not fork, or write: the program has used up its processes or its disk.
  if (exitCode === 2) return { status: "error", exitCode: null, signal: null };
  return { status: "system_error", exitCode: null, signal: null };
}

async function within(promise: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function runStepOf(
  container: Container,
  spec: RunSpec,
  files: Step["files"],
  input: StepInput,
  last: boolean,
): Step {
  const { language, limits } = spec;
  const standby = container.takeStandby();
  const argv = standby ? [] : argvOf(language.run, { limits: limits.run, ownImage: container.ownImage });
  const measure = language.compile !== undefined;
  // Test cases are about what is printed; files of many runs in one folder would only be confused.
  const collect = spec.tests.length === 0;
  return {
    files,
    argv: [...argv, ...spec.args],
    standby,
    input,
    last,
    measure,
    collect,
    cpuSeconds: cpuSeconds(limits.run),
  };
}

import type { Cell, Frame, Step, Trailer, Usage } from "./cell";
import type { TimeLimits } from "./clock";
import { NOTHING_YET, type StepEnd } from "./outcome";
import type { OutputCollector } from "./output";
import type { RunIo, Said, SandboxEvent } from "./sandbox";
import { signalName } from "./signals";
import { StepWatch, type Stop } from "./step-watch";

/** Takes what a step prints, and says how much of it is passed on. */
export type StepOutput = Pick<OutputCollector, "push" | "end" | "truncated">;

/** Runs one step until its trailer, a limit, a cancel, or the end of the cell, whichever comes first. */
export async function* runStep(
  cell: Cell,
  step: Step,
  limits: TimeLimits,
  output: StepOutput,
  io: RunIo,
): AsyncGenerator<SandboxEvent, StepEnd> {
  const started = performance.now();
  const watch = new StepWatch(cell, step, limits, io.signal);
  const frames = cell.step(step);
  if (step.input.kind === "stream") void feed(cell, spoken(io.stdin), watch);
  try {
    let trailer: Trailer | null = null;
    for (;;) {
      const next = await frames.next();
      if (next.done) {
        trailer = next.value;
        break;
      }
      // Of a step that is ended alone everything is read, up to its trailer.
      if (output.truncated) continue;
      watch.activity();
      yield* take(output, next.value);
      if (output.truncated) {
        watch.stop("output_limit");
        if (!step.endable) break;
      }
    }
    watch.end();
    // A slow engine may need seconds for the kill; they are not the program's.
    const durationMs = (watch.stopped ? watch.stoppedAt : performance.now()) - started;
    yield* endOf(output);
    return await stepEnd(cell, trailer, { watch, durationMs, limits });
  } finally {
    watch.end();
  }
}

function* take(output: StepOutput, frame: Frame): Generator<SandboxEvent> {
  const text = output.push(frame.stream, frame.data);
  if (text !== "") yield { type: frame.stream, text };
}

function* endOf(output: StepOutput): Generator<SandboxEvent> {
  for (const stream of ["stdout", "stderr"] as const) {
    const text = output.end(stream);
    if (text !== "") yield { type: stream, text };
  }
}

/** Input that is known whole is said at once, where the program gets none as a file. */
async function* spoken(stdin: RunIo["stdin"]): AsyncGenerator<Said> {
  if (typeof stdin !== "string") yield* stdin;
  else if (stdin !== "") yield stdin;
}

/** Passes on the input as it arrives, and then its end. Input that breaks off has ended too. */
async function feed(cell: Cell, said: AsyncIterable<Said>, watch: StepWatch): Promise<void> {
  try {
    for await (const each of said) {
      if (watch.over) return;
      if (typeof each === "string") {
        watch.activity();
        await cell.write(each);
      } else if (each.type === "end") cell.endInput();
      else if (each.type === "resize") cell.resize?.(each);
      else cell.signal?.(each.signal);
    }
  } catch {}
  if (!watch.over) cell.endInput();
}

async function stepEnd(
  cell: Cell,
  trailer: Trailer | null,
  { watch, durationMs, limits }: { watch: StepWatch; durationMs: number; limits: TimeLimits },
): Promise<StepEnd> {
  // A program that ended before the cancel took effect has ended by itself.
  if (trailer && (!watch.stopped || watch.stopped === "cancelled")) {
    const figures = await figuresOf(cell, trailer, limits);
    const status = trailer.exitCode === 0 ? "success" : trailer.oomKills > 0 ? "memory_limit" : "error";
    return {
      ...NOTHING_YET,
      status,
      trailer,
      exitCode: trailer.exitCode,
      signal: trailer.signaled ? signalName(trailer.exitCode - 128) : null,
      durationMs,
      ...figures,
    };
  }
  if (watch.stopped) {
    const known = await watch.usage;
    await watch.killed;
    // Of a step that was ended alone the trailer has come, and others follow.
    const alone = watch.cellGone ? null : trailer;
    const status = await stopStatus(cell, watch.stopped, alone);
    const usage = alone
      ? await figuresOf(cell, alone, limits)
      : { ...known, cpuMs: known.cpuMs === null ? null : Math.max(0, known.cpuMs - limits.spentMs) };
    return {
      ...NOTHING_YET,
      status,
      trailer: alone,
      timeLimit: watch.timeLimit,
      durationMs,
      cpuMs: usage.cpuMs,
      memoryBytes: status === "memory_limit" ? cell.memoryLimitBytes : usage.memoryBytes,
    };
  }
  const end = await endedByItself(cell);
  const memoryBytes = end.status === "memory_limit" ? cell.memoryLimitBytes : null;
  return { ...NOTHING_YET, durationMs, cpuMs: null, memoryBytes, ...end };
}

/** What a step used, by the supervisor's figures or, where it has none, by the cell's. */
async function figuresOf(cell: Cell, trailer: Trailer, limits: TimeLimits): Promise<Usage> {
  if (trailer.cpuMs !== null) return { cpuMs: trailer.cpuMs, memoryBytes: trailer.memoryBytes };
  const { cpuMs, memoryBytes } = await cell.usage();
  return {
    cpuMs: cpuMs && Math.max(0, cpuMs - limits.spentMs),
    memoryBytes: trailer.memoryBytes ?? memoryBytes,
  };
}

/**
 * The status of a step that was stopped. Many processes at the limit of memory can keep the kernel reclaiming until their
 * time is over: when the kernel killed one of them for memory, that is the reason.
 */
async function stopStatus(cell: Cell, stop: Stop, trailer: Trailer | null): Promise<Stop | "memory_limit"> {
  if (stop !== "timeout") return stop;
  if (trailer) return trailer.oomKills > 0 ? "memory_limit" : stop;
  const killedForMemory = await cell.state().then(
    ({ oomKilled }) => oomKilled,
    () => false,
  );
  return killedForMemory ? "memory_limit" : stop;
}

/** The status of a step whose cell ended without a trailer: killed for memory, unable to fork, or Docker went away. */
async function endedByItself(cell: Cell): Promise<Pick<StepEnd, "status" | "exitCode" | "signal">> {
  const { oomKilled, starved, killedByProgram } = await cell.state();
  if (oomKilled) return { status: "memory_limit", exitCode: 137, signal: "SIGKILL" };
  // The program has used up its processes or its disk.
  if (starved) return { status: "error", exitCode: null, signal: null };
  if (killedByProgram !== null) {
    const signal = killedByProgram > 128 ? signalName(killedByProgram - 128) : null;
    return { status: "error", exitCode: killedByProgram, signal };
  }
  return { status: "system_error", exitCode: null, signal: null };
}

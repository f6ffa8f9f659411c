import { sameOutput } from "../schemas/compare-output";
import { TESTS_TIMES } from "../schemas/limits";
import { type RunTest, SKIPPED, type TestResult } from "../schemas/run-test";
import type { Cell, StepInput } from "./cell";
import { addTo, NOTHING_YET, round, type StepEnd } from "./outcome";
import type { OutputCollector } from "./output";
import { runStep } from "./run-step";
import type { RunIo, RunSpec, SandboxEvent } from "./sandbox";
import { programStep, type RunStart } from "./steps";
import { TestOutput } from "./test-output";

/**
 * Runs the program once for each test case, in one cell, after its one compile. Each has the limits of a run for itself: time,
 * memory, output. All together have `TESTS_TIMES` times the run stage's time, and as much is kept of what they print as of one run;
 * what has not begun by then, or could not have its own time, is skipped (ADR 78).
 */
export async function* runTests(
  cell: Cell,
  spec: RunSpec,
  start: RunStart,
  output: OutputCollector,
  io: RunIo,
): AsyncGenerator<SandboxEvent, { end: StepEnd; tests: TestResult[] }> {
  const tests: TestResult[] = [];
  const total: StepEnd = { ...NOTHING_YET };
  const deadline = performance.now() + TESTS_TIMES * spec.limits.run.timeoutMs;
  for (const [index, test] of spec.tests.entries()) {
    const leftMs = deadline - performance.now();
    const cellEnded = index > 0 && total.trailer === null;
    if (!cellEnded && leftMs <= 0 && total.status === "success") total.status = "timeout";
    const left = { cases: spec.tests.length - index, ms: leftMs };
    const skip = cellEnded || leftMs <= 0;
    const result = skip ? SKIPPED : yield* runTest(cell, spec, { test, start, output, io, left, total });
    tests.push(result);
    yield { type: "test", index, result };
  }
  return { end: total, tests };
}

interface Case {
  test: RunTest;
  start: RunStart;
  output: OutputCollector;
  io: RunIo;
  /** The test cases from this one on, and what is left of the time of all. */
  left: { cases: number; ms: number };
  /** How the test cases before it ended; the end of this one is added. */
  total: StepEnd;
}

async function* runTest(
  cell: Cell,
  spec: RunSpec,
  { test, start, output, io, left, total }: Case,
): AsyncGenerator<SandboxEvent, TestResult> {
  const { run, outputBytes } = spec.limits;
  // A case that prints little leaves its share to those after it.
  const own = new TestOutput(outputBytes, Math.floor(output.leftBytes / left.cases));
  const input: StepInput = { kind: "bytes", bytes: Buffer.from(test.stdin, "utf8") };
  const files = left.cases === spec.tests.length ? start.files : [];
  const step = programStep(cell, spec, { files, input, last: left.cases === 1 });
  const stage = { ...run, timeoutMs: Math.min(run.timeoutMs, Math.ceil(left.ms)) };
  const spentMs = start.spentMs + (total.cpuMs ?? 0);
  const time = { stage, attended: null, processorMs: spec.limits.processor?.runMs ?? null, spentMs };
  const end = yield* runStep(cell, step, time, own, io);
  for (const stream of ["stdout", "stderr"] as const) {
    output.push(stream, Buffer.from(own.kept(stream), "utf8"));
  }
  addTo(total, end);
  const cutShort = end.status === "timeout" && stage.timeoutMs < run.timeoutMs;
  return {
    status: cutShort ? "skipped" : statusOf(end, own, test),
    actual: own.kept("stdout"),
    durationMs: round(end.durationMs),
    ...(end.status === "error" && end.exitCode !== null ? { exitCode: end.exitCode } : {}),
    ...(own.kept("stderr") === "" ? {} : { stderr: own.kept("stderr") }),
    ...(own.cut ? { truncated: true } : {}),
  };
}

function statusOf({ status }: StepEnd, own: TestOutput, test: RunTest): TestResult["status"] {
  if (status === "success") return sameOutput(own.stdout, test.expected, test.compare) ? "passed" : "failed";
  if (status === "timeout" || status === "memory_limit" || status === "output_limit") return status;
  return status === "cancelled" ? "skipped" : "error";
}

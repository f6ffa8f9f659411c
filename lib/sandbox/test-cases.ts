import type { RunStatus, TestResult } from "../schemas/run";
import type { Cell, StepInput } from "./cell";
import { addTo, NOTHING_YET, round, type StepEnd } from "./outcome";
import { OutputCollector } from "./output";
import { runStep } from "./run-step";
import type { RunIo, RunSpec, SandboxEvent } from "./sandbox";
import { programStep, type RunStart } from "./steps";

/** Runs the program once for each test case. Together the test cases have the run stage's time. */
export async function* runTests(
  cell: Cell,
  spec: RunSpec,
  { files, spentMs }: RunStart,
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
    const last = index === spec.tests.length - 1;
    const step = programStep(cell, spec, { files: index === 0 ? files : [], input, last });
    const { run } = spec.limits;
    const stage = { ...run, timeoutMs: Math.max(1, run.timeoutMs - total.durationMs) };
    const time = { stage, attended: null, spentMs: spentMs + (total.cpuMs ?? 0) };
    const end = yield* runStep(cell, step, time, own, io);
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

function testStatus(status: RunStatus, actual: string, expected: string): TestResult["status"] {
  if (status === "success") return comparable(actual) === comparable(expected) ? "passed" : "failed";
  if (status === "timeout" || status === "memory_limit" || status === "output_limit") return status;
  return status === "cancelled" ? "skipped" : "error";
}

/** Without trailing spaces and trailing empty lines, which do not decide a test. */
function comparable(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();
}

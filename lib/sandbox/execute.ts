import { mainFileOf } from "../languages";
import { takeArtifacts } from "./artifacts";
import type { Cell } from "./cell";
import { withoutDrawnScreens } from "./drawn-screens";
import { compileFailed, compileResult, messageOf, programOutput, round, type StepEnd } from "./outcome";
import { OutputCollector } from "./output";
import { runStep } from "./run-step";
import type { RunIo, RunOutcome, RunSpec, SandboxEvent } from "./sandbox";
import { compileStep, programInput, programStep, type RunStart, type SourceFile } from "./steps";
import { runTests } from "./test-cases";
import { testsMessage } from "./tests-message";

/** Runs a program in a fresh cell: its compile stage if it has one, then itself or its test cases, each as a step. */
export async function* execute(
  cell: Cell,
  spec: RunSpec,
  io: RunIo,
): AsyncGenerator<SandboxEvent, RunOutcome> {
  const { language, limits } = spec;
  const files = filesOf(spec);
  const compileOutput = new OutputCollector(limits.outputBytes);
  let compiled: StepEnd | null = null;

  if (language.compile && !spec.repl) {
    yield { type: "stage", stage: "compile" };
    const processorMs = limits.processor?.compileMs ?? null;
    const time = { stage: limits.compile, attended: null, processorMs, spentMs: 0 };
    compiled = yield* runStep(cell, compileStep(cell, spec, files), time, compileOutput, io);
    if (compiled.status !== "success") {
      const memoryBytes = compiled.memoryBytes ?? (await largestProcess(cell, compiled));
      return compileFailed(cell, spec, { ...compiled, memoryBytes }, compileOutput);
    }
    await cell.setLimits(limits.run);
  }

  yield { type: "stage", stage: "run" };
  const output = new OutputCollector(limits.outputBytes, { everyByte: spec.mode === "terminal" });
  const start = { files: compiled ? [] : files, spentMs: compiled?.cpuMs ?? 0 };
  const { end, tests } =
    spec.tests.length > 0
      ? yield* runTests(cell, spec, start, output, io)
      : { end: yield* runProgram(cell, spec, start, output, io), tests: [] };
  const left = end.trailer?.written ? await takeArtifacts(cell) : { artifacts: [], message: null };
  const printed = programOutput(end, output);
  return {
    status: end.status,
    output: {
      ...printed,
      ...(spec.mode === "terminal" && { stdout: withoutDrawnScreens(printed.stdout) }),
      truncated: output.truncated || tests.some((test) => test.truncated),
    },
    compile: compiled && compileResult(compiled, compileOutput),
    durationMs: round(end.durationMs),
    cpuMs: end.cpuMs && round(end.cpuMs),
    memoryUsed: end.memoryBytes ?? (await largestProcess(cell, end)),
    isolation: cell.isolation,
    tests,
    artifacts: left.artifacts,
    image: cell.image,
    message: testsMessage(end, spec, tests) ?? messageOf(end, "run", limits) ?? left.message,
  };
}

/** What is known of a run's peak where its steps' trailers did not tell. */
async function largestProcess(cell: Cell, { trailer }: StepEnd): Promise<number | null> {
  return (trailer && (await cell.largestProcess?.())) ?? null;
}

/** Scripts among the extra files are executable. The main file need not be: its language's command starts it. */
function filesOf({ language, code, files, mainFile }: RunSpec): SourceFile[] {
  const scripts = files.map((file) => ({ ...file, executable: file.content.startsWith("#!") }));
  return [{ path: mainFile ?? mainFileOf(language, code), content: code }, ...scripts];
}

async function* runProgram(
  cell: Cell,
  spec: RunSpec,
  { files, spentMs }: RunStart,
  output: OutputCollector,
  io: RunIo,
): AsyncGenerator<SandboxEvent, StepEnd> {
  const step = programStep(cell, spec, { files, input: programInput(spec, io.stdin), last: true });
  const { run: stage, attended, processor } = spec.limits;
  const processorMs = processor?.runMs ?? null;
  return yield* runStep(cell, step, { stage, attended, processorMs, spentMs }, output, io);
}

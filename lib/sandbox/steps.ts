import { argvOf } from "../languages";
import type { Cell, Step, StepInput } from "./cell";
import type { RunIo, RunSpec } from "./sandbox";
import { cpuSeconds } from "./stage-limits";

/** What the run stage begins with. */
export interface RunStart {
  /** Those that no earlier stage has written. */
  files: Step["files"];
  /** Processor time in milliseconds that the compile stage has used. */
  spentMs: number;
}

/** The step that compiles the program. */
export function compileStep(cell: Cell, { language, limits }: RunSpec, files: Step["files"]): Step {
  const { compile = [] } = language;
  return {
    files,
    argv: argvOf(compile, { limits: limits.compile, files, ownImage: cell.ownImage }),
    standby: false,
    flushes: false,
    input: { kind: "none" },
    last: false,
    measure: false,
    collect: false,
    cpuSeconds: cpuSeconds(limits.compile),
  };
}

/** Input that is known whole leaves the cell's own input open, so that its end can come when nothing waits for it. */
export function programInput(stdin: RunIo["stdin"]): StepInput {
  if (typeof stdin !== "string") return { kind: "stream" };
  return stdin === "" ? { kind: "none" } : { kind: "bytes", bytes: Buffer.from(stdin, "utf8") };
}

/** The step that runs the program itself, or once more for the next test case. */
export function programStep(
  cell: Cell,
  { language, limits, args, tests }: RunSpec,
  { files, input, last }: Pick<Step, "files" | "input" | "last">,
): Step {
  const standby = cell.takeStandby();
  const argv = standby ? [] : argvOf(language.run, { limits: limits.run, ownImage: cell.ownImage });
  return {
    files,
    argv: [...argv, ...args],
    standby,
    flushes: cell.ownImage && language.flushesOnSignal === true,
    input,
    last,
    measure: language.compile !== undefined,
    // Test cases are about what is printed; files of several runs in one folder would be mixed up.
    collect: tests.length === 0,
    cpuSeconds: cpuSeconds(limits.run),
  };
}

import { argvOf, type Command, renamed } from "../languages";
import { resolvedOptions } from "../schemas/language-options";
import type { StageLimits } from "../schemas/run-limits";
import type { Cell, Step, StepFile, StepInput } from "./cell";
import type { RunIo, RunSpec } from "./sandbox";

/** What the run stage begins with. */
export interface RunStart {
  /** The files that no earlier stage has written. */
  files: Step["files"];
  /** Processor time in milliseconds that the compile stage has used. */
  spentMs: number;
}

/** A file of a program, as a step takes it. */
export type SourceFile = StepFile & { content: string };

/** The step that compiles the program. */
export function compileStep(cell: Cell, spec: RunSpec, files: readonly SourceFile[]): Step {
  const { language, limits } = spec;
  const { compile = [] } = language;
  const options = resolvedOptions(language.options ?? [], spec.options);
  return {
    files,
    argv: renamed(
      argvOf(compile, { limits: limits.compile, files, options, ownImage: cell.ownImage }),
      language,
      spec.mainFile,
    ),
    standby: false,
    flushes: false,
    input: { kind: "none" },
    terminal: null,
    last: false,
    endable: false,
    measure: false,
    collect: false,
    cpuSeconds: cpuSeconds(limits.compile),
  };
}

/** Input that is known whole does not end the cell's own input, so the cell can be ended when nothing waits for it. */
export function programInput({ mode }: Pick<RunSpec, "mode">, stdin: RunIo["stdin"]): StepInput {
  if (mode === "terminal") return { kind: "stream" };
  if (typeof stdin !== "string") return { kind: "stream" };
  return stdin === "" ? { kind: "none" } : { kind: "bytes", bytes: Buffer.from(stdin, "utf8") };
}

/** The step that runs the program, or runs it for one of the test cases. */
export function programStep(
  cell: Cell,
  { language, limits, args, tests, mode, signals, terminal, repl, env = {}, mainFile }: RunSpec,
  { files, input, last }: Pick<Step, "files" | "input" | "last">,
): Step {
  const signalled = mode === "interactive" && signals === true;
  // What stands by was started without a terminal, by nobody who passes on signals, with the usual environment, for a file of the usual name.
  const usual = mode !== "terminal" && !signalled && Object.keys(env).length === 0 && mainFile === undefined;
  const standby = usual && cell.takeStandby();
  const context = { limits: limits.run, ownImage: cell.ownImage };
  const command = standby ? [] : commandOf((repl ? language.repl : undefined) ?? language.run);

  function commandOf(of: Command): readonly string[] {
    return [...withEnvironment(env), ...renamed(argvOf(of, context), language, mainFile)];
  }

  return {
    files,
    argv: repl ? command : [...command, ...args],
    standby,
    flushes: cell.ownImage && language.flushesOnSignal === true,
    input,
    terminal: mode === "terminal" ? terminal : null,
    ...(signalled && { signals: true }),
    last,
    // What follows the last one needs no cell, and an operator's image may not have what it takes.
    endable: cell.ownImage && tests.length > 0 && !last,
    measure: language.compile !== undefined,
    // Test cases are about output; files of several of them in one folder would be mixed up.
    collect: tests.length === 0,
    cpuSeconds: cpuSeconds(limits.run),
  };
}

/** The words before a command that give it further variables; there is no shell that could take them for anything else. */
function withEnvironment(env: Readonly<Record<string, string>>): readonly string[] {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return variables.length === 0 ? [] : ["env", ...variables];
}

/** All that a process could use in the stage's time, and a little more: while there is a clock, it comes first. */
export function cpuSeconds({ timeoutMs, cpus }: StageLimits): number {
  return Math.ceil((timeoutMs / 1000) * Math.max(1, cpus)) + 2;
}

import type { ProgramSignal, TerminalSize } from "../../schemas/run";
import type { StageLimits } from "../../schemas/run-limits";
import type { Cell, EndState, Frame, Step, StepFile, Trailer, Usage } from "../cell";
import { movedFiles } from "./moved-files";
import type { RunInCell } from "./run-in-cell";

/** Largest program that is moved: it passes through this process, and is there twice for a moment where it arrives. */
const MAX_MOVED_BYTES = 16 * 1_048_576;

/** Takes a cell back, as `IsolationMode.release` does. */
type Release = (cell: RunInCell, how: "clean" | "abnormal") => void;

/**
 * A run of a compiled language: its compiler in one cell, its program in another, each with its stage's limits since it was made. To change the
 * limits of a container costs more than to move what the compiler has made (ADR 85).
 */
export class StagedRun implements Cell {
  readonly isolation = "cell";
  readonly image: string;
  readonly ownImage: boolean;
  readonly #compiler: RunInCell;
  readonly #program: Promise<RunInCell>;
  readonly #release: Release;
  #current: RunInCell;
  /** Processor time of the compiler, which counts as the run's. */
  #compiledMs = 0;
  /** What the compiler has made, where the program's first step brings it along. */
  #moved: readonly StepFile[] = [];

  constructor(compiler: RunInCell, program: Promise<RunInCell>, release: Release) {
    this.#compiler = compiler;
    this.#program = program;
    this.#release = release;
    this.#current = compiler;
    this.image = compiler.image;
    this.ownImage = compiler.ownImage;
  }

  get memoryLimitBytes(): number {
    return this.#current.memoryLimitBytes;
  }

  takeStandby(): boolean {
    return this.#current.takeStandby();
  }

  async *step(step: Step): AsyncGenerator<Frame, Trailer | null> {
    const files = [...this.#moved, ...step.files];
    this.#moved = [];
    const trailer = yield* this.#current.step({ ...step, files });
    if (this.#current === this.#compiler) this.#compiledMs += trailer?.cpuMs ?? 0;
    return trailer;
  }

  archive(...bounds: Parameters<Cell["archive"]>): ReturnType<Cell["archive"]> {
    return this.#current.archive(...bounds);
  }

  write(text: string): Promise<void> {
    return this.#current.write(text);
  }

  endInput(): void {
    this.#current.endInput();
  }

  resize(size: TerminalSize): void {
    this.#current.resize(size);
  }

  signal(signal: ProgramSignal): void {
    this.#current.signal(signal);
  }

  async setLimits(stage: StageLimits): Promise<void> {
    const moved = await this.#compiler.pack(MAX_MOVED_BYTES);
    // What is too large stays where it is, and so does what no cell can be had for.
    if (!moved) return this.#compiler.setLimits(stage);
    const program = await this.#program.catch(() => null);
    const files = await movedFiles(moved);
    if (!program || !(files || (await program.unpack(moved)))) return this.#compiler.setLimits(stage);
    this.#moved = files ?? [];
    this.#current = program;
    // Others may compile while the program runs.
    this.#release(this.#compiler, "clean");
  }

  async usage(): Promise<Usage> {
    const usage = await this.#current.usage();
    if (this.#current === this.#compiler || usage.cpuMs === null) return usage;
    return { ...usage, cpuMs: usage.cpuMs + this.#compiledMs };
  }

  state(): Promise<EndState> {
    return this.#current.state();
  }

  flush(): Promise<void> {
    return this.#current.flush();
  }

  endStep(): Promise<boolean> {
    return this.#current.endStep();
  }

  kill(output: "drain" | "discard"): Promise<void> {
    return this.#current.kill(output);
  }

  largestProcess(): Promise<number | null> {
    return this.#current.largestProcess();
  }

  /** Gives back what the run has had: a cell that it has not come to is as good as before. */
  end(how: "clean" | "abnormal"): void {
    if (this.#current === this.#compiler) {
      this.#release(this.#compiler, how);
      this.#program.then(
        (program) => this.#release(program, "clean"),
        () => {},
      );
    } else this.#release(this.#current, how);
  }
}

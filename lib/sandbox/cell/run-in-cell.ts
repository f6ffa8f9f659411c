import type { ProgramSignal, TerminalSize } from "../../schemas/run";
import type { StageLimits } from "../../schemas/run-limits";
import type { Cell, EndState, Frame, Step, Trailer, Usage } from "../cell";
import type { Container, Turn } from "../container/container";

const OWN_STEP: Omit<Step, "argv" | "input"> = {
  ...{ files: [], standby: false, flushes: false, terminal: null, last: false, endable: false },
  ...{ measure: false, collect: false, cpuSeconds: 10 },
};

/** One run in a container that others were in before it, and knows whether others may follow. */
export class RunInCell implements Cell {
  readonly isolation = "cell";
  readonly image: string;
  readonly ownImage: boolean;
  readonly container: Container;
  readonly #first: StageLimits;
  /** Nobody else may use the container: a program has had its input, or has ended by force, or its end is not known. */
  #spoiled = false;
  /** A step of this run has brought the container's peak of memory to where it is. */
  #ownPeak = false;
  #limits: StageLimits;
  /** Whether anything has been done in it. */
  #used = false;
  #turned: Promise<Turn | null> | null = null;

  /** `first` are the limits that a run in the container begins with. */
  constructor(container: Container, first: StageLimits) {
    this.container = container;
    this.image = container.image;
    this.ownImage = container.ownImage;
    this.#first = first;
    this.#limits = first;
  }

  get memoryLimitBytes(): number {
    return this.container.memoryLimitBytes;
  }

  takeStandby(): boolean {
    return this.container.takeStandby();
  }

  async *step(step: Step): AsyncGenerator<Frame, Trailer | null> {
    this.#used = true;
    // What is set on an open file is for all who have it, and what is typed may be left in it.
    if (step.input.kind === "stream" || step.terminal !== null) this.#spoiled = true;
    const trailer = yield* this.container.step(step);
    if (trailer === null || trailer.oomKills > 0) this.#spoiled = true;
    if (!trailer) return null;
    if (trailer.ownPeak) this.#ownPeak = true;
    return this.#ownPeak ? trailer : { ...trailer, memoryBytes: null };
  }

  async archive(...bounds: Parameters<Cell["archive"]>): ReturnType<Cell["archive"]> {
    const archive = await this.container.archive(...bounds);
    if (!archive.complete) this.#spoiled = true;
    return archive;
  }

  write(text: string): Promise<void> {
    return this.container.write(text);
  }

  endInput(): void {
    this.#spoiled = true;
    this.container.endInput();
  }

  resize(size: TerminalSize): void {
    this.container.resize(size);
  }

  signal(signal: ProgramSignal): void {
    this.container.signal(signal);
  }

  async setLimits(stage: StageLimits): Promise<void> {
    this.#limits = stage;
    await this.container.setLimits(stage);
  }

  usage(): Promise<Usage> {
    return this.container.usage();
  }

  state(): Promise<EndState> {
    return this.container.state();
  }

  flush(): Promise<void> {
    this.#spoiled = true;
    return this.container.flush();
  }

  endStep(): Promise<boolean> {
    this.#spoiled = true;
    return this.container.endStep();
  }

  kill(output: "drain" | "discard"): Promise<void> {
    this.#spoiled = true;
    return this.container.kill(output);
  }

  async largestProcess(): Promise<number | null> {
    const turn = await (this.#spoiled ? this.container.lastTurn() : this.#turn());
    if (!turn) return null;
    // What a process has in memory is in part shared with others, and not counted as the container's, whose peak is never below the run's.
    return Math.min(turn.largestProcessBytes, turn.memoryBytes || Number.POSITIVE_INFINITY);
  }

  /** What the compiler has left in the program's folder, as a tar; `null` when it is larger than `maxBytes`, or cannot be had. No step follows. */
  async pack(maxBytes: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let bytes = 0;
    const trailer = await this.#own(
      ["tar", "-C", "/tmp/work", "-cf", "-", "."],
      { kind: "none" },
      ({ stream, data }) => {
        bytes += data.length;
        if (stream === "stdout" && bytes <= maxBytes) parts.push(data);
      },
    );
    return trailer?.exitCode === 0 && bytes <= maxBytes ? Buffer.concat(parts) : null;
  }

  /** Puts what `pack` gave into the program's folder; resolves with whether it is there. */
  async unpack(tar: Buffer): Promise<boolean> {
    const command = ["sh", "-c", "tar -C /tmp/work -xpf /tmp/.input && exec rm /tmp/.input"];
    const trailer = await this.#own(command, { kind: "bytes", bytes: tar }, () => {});
    return trailer?.exitCode === 0;
  }

  /** A step of ours between those of the run. */
  async #own(
    argv: readonly string[],
    input: Step["input"],
    take: (frame: Frame) => void,
  ): Promise<Trailer | null> {
    this.#used = true;
    const steps = this.container.step({ ...OWN_STEP, argv, input });
    for (;;) {
      const next = await steps.next();
      if (!next.done) {
        take(next.value);
        continue;
      }
      if (!next.value || next.value.oomKills > 0) this.#spoiled = true;
      return next.value;
    }
  }

  /** After the run: resolves with whether the next one can have the container now. */
  async vacate(): Promise<boolean> {
    if (!this.#used) return true;
    if ((await this.#turn()) === null) return false;
    if (this.#limits !== this.#first) await this.container.setLimits(this.#first);
    await this.container.untilReady();
    return true;
  }

  #turn(): Promise<Turn | null> {
    if (this.#spoiled) return Promise.resolve(null);
    this.#turned ??= this.container.turn();
    return this.#turned;
  }
}

import type { Isolation, ProgramSignal, RunFile, TerminalSize } from "../schemas/run";
import type { RunLimits, StageLimits } from "../schemas/run-limits";

/** One piece of a program's output. */
export interface Frame {
  stream: "stdout" | "stderr";
  data: Buffer;
}

/** Where a step's program gets its input from. */
export type StepInput = { kind: "none" } | { kind: "stream" } | { kind: "bytes"; bytes: Buffer };

/** A file that is written before the step starts. */
export interface StepFile extends Omit<RunFile, "content"> {
  content: string | Buffer;
  /** Whether it can be run by its name. */
  executable?: boolean;
}

/** One command in a cell: the compiler, the program, or the program for one test case. */
export interface Step {
  files: readonly StepFile[];
  /** The command; with `standby` only the arguments for the program that is waiting. */
  argv: readonly string[];
  /** Continue the program that was started with the cell, rather than starting `argv`. */
  standby: boolean;
  /** Whether the program writes its buffered output when `flush` asks for it. */
  flushes: boolean;
  input: StepInput;
  /** The size of a terminal of its own that the program gets; `null` for none. Its input is a `stream` then. */
  terminal: TerminalSize | null;
  /** Whether a program without a terminal can be sent signals; its input is a `stream` then. */
  signals?: boolean;
  /** No step follows, so nothing has to be cleaned up for one. */
  last: boolean;
  /** Whether `endStep` can end its program without ending the cell. */
  endable: boolean;
  /** Measure the program's own peak memory, where an earlier step's peak may hide it. */
  measure: boolean;
  /** Report whether the program left files in the output folder. */
  collect: boolean;
  /**
   * Limit of processor time of each process, above what the clock allows. It ends a busy program even when the server has
   * died, and the clock with it.
   */
  cpuSeconds: number;
}

/** How a step ended, as the supervisor inside the cell reports it. */
export interface Trailer {
  exitCode: number;
  /** Whether the exit code stands for a signal (128 + n) rather than a number that the program chose. */
  signaled: boolean;
  /** `null` where the supervisor cannot measure it. */
  cpuMs: number | null;
  /** The program's peak in bytes; `null` where the supervisor cannot measure it. */
  memoryBytes: number | null;
  /** Whether `memoryBytes` is of this step, and not a peak that was reached before and not since. */
  ownPeak: boolean;
  /** Processes that the kernel killed for memory during the step. */
  oomKills: number;
  /** Whether there are files in the output folder, to be read with `archive`. */
  written: boolean;
}

/** What the processes of a cell have used so far. `null` where it cannot be measured; never an estimate. */
export interface Usage {
  /** Peak memory in bytes, not what is held at the moment. */
  memoryBytes: number | null;
  /** Processor time in milliseconds. */
  cpuMs: number | null;
}

/** The state of a cell whose step has no trailer. */
export interface EndState {
  running: boolean;
  /** The kernel killed a process of it for memory. */
  oomKilled: boolean;
  /** The supervisor ended because the program had used up its processes or its disk. */
  starved: boolean;
  /** Exit code of a supervisor that its program could kill and has killed; `null` where that cannot be. */
  killedByProgram: number | null;
}

/** What a cell is made from. Runs with equal profiles can use each other's warm cells. */
export interface Profile {
  /** Image id or name; our own images by id, so that a moved tag changes nothing. */
  image: string;
  /** Shell that runs the supervisor: the unreadable dash of our images, or `/bin/sh` of a foreign one. */
  shell: string;
  env: Readonly<Record<string, string>>;
  /** Without `attended`: a cell is the same whether somebody types into its run or not. */
  limits: Omit<RunLimits, "attended">;
  /** Limits of the first stage; a compiled language starts with those of `compile`. */
  first: StageLimits;
  /** Seconds of processor time and a command that is started before there is a program; empty for none. */
  standby: readonly string[];
  /** The standby's command can be the launcher of a cell, which forks for each run. */
  forks?: boolean;
}

/**
 * The place where a run's steps happen, whatever isolates it. A run has exactly one, and `execute` knows nothing else of
 * the isolation. Steps follow one another; a step that was killed or has no trailer is the last.
 */
export interface Cell {
  readonly isolation: Isolation;
  /** Id of the image it was made from. */
  readonly image: string;
  /** Whether the image is built from our recipes, and so has the tools that they install. */
  readonly ownImage: boolean;
  /** The limit of memory that its processes are held to at the moment. */
  readonly memoryLimitBytes: number;
  /** Whether a program stands by for the next step. Answers `true` once at most. */
  takeStandby(): boolean;
  /** Runs one step and yields its output as it comes; returns the trailer, or `null` when the cell ended before it. */
  step(step: Step): AsyncGenerator<Frame, Trailer | null>;
  /**
   * The output folder as a tar, its smallest files first where the image can sort them, directly after a step whose trailer
   * says `written`. Only its beginning (`complete` is false) when it is larger than `maxBytes`, has not come in `timeoutMs`, or
   * breaks off; the cell is of no further use then.
   */
  archive(maxBytes: number, timeoutMs: number): Promise<{ bytes: Buffer; complete: boolean }>;
  /**
   * Feeds the running program; resolves when there is room for more. Input for a cell that has ended is dropped. A terminal's may hold any
   * bytes (`lib/schemas/byte-text.ts`).
   */
  write(text: string): Promise<void>;
  /** The running program's end of input. No step can follow. */
  endInput(): void;
  /** Gives the running program's terminal another size. Only where the step has one. */
  resize?(size: TerminalSize): void;
  /** Sends a signal to what runs in the foreground of the terminal, or to the program of a step with `signals`. */
  signal?(signal: ProgramSignal): void;
  /** Sets the limits of the next stage. */
  setLimits(stage: StageLimits): Promise<void>;
  /** For a step that will have no trailer. Figures that cannot be read in time are `null`. */
  usage(): Promise<Usage>;
  /** Throws `docker_unavailable` when the engine cannot be asked. */
  state(): Promise<EndState>;
  /**
   * Peak memory in bytes of the run's largest process, where the trailers of its steps could not tell the run's from an earlier one's; `null`
   * where it cannot be told. No step can follow.
   */
  largestProcess?(): Promise<number | null>;
  /** Asks the running program to write its buffered output; resolves when it has had time to. Never rejects. */
  flush(): Promise<void>;
  /**
   * Ends the program of an `endable` step, and whatever it has started; the step's trailer follows. `false` when that could not
   * be asked for, and the cell is of no further use.
   */
  endStep(): Promise<boolean>;
  /** Ends everything in the cell at once. `drain` still reads what is in the pipes; `discard` is for a flood of output. */
  kill(output: "drain" | "discard"): Promise<void>;
}

/** A way to isolate runs: makes cells, hands each out once, and ends them. */
export interface IsolationMode {
  readonly isolation: Isolation;
  /** Cells that wait for a run. */
  readonly idle: number;
  /** What an operator should know, such as limits that do not hold here, with the remedy; `null` if there is nothing. */
  readonly notice: string | null;
  /** Begins to clean up after dead processes and to keep cells warm. Never throws: the engine may be away. */
  start(): void;
  /** Keeps at least `count` cells of a profile warm, as far as memory allows. */
  keep(profile: Profile, count: number): void;
  /** A run with this profile will probably come soon. */
  expect(profile: Profile): void;
  /** A warm cell at once, else a new one. Rejects when none can be made, or with the reason of `cancelled`. */
  acquire(profile: Profile, cancelled: Promise<never>): Promise<Cell>;
  /** Takes a cell back. `abnormal` is any end that may have left something of the run behind. */
  release(cell: Cell, how: "clean" | "abnormal"): void;
  /** Ends all cells and leaves nothing behind. */
  close(): Promise<void>;
}

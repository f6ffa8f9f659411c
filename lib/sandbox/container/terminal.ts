import { AppError } from "../../errors";
import { bytesOfText } from "../../schemas/byte-text";
import type { ProgramSignal, TerminalSize } from "../../schemas/run";
import type { Step } from "../cell";
import { SIGNAL_HELPER } from "./signal-helper";
import { HELPER_PATH, TERMINAL_HELPER, TERMINAL_READY } from "./terminal-helper";

/** Whether a helper stands between the server and the program, which takes records. */
export function hasHelper({ terminal, signals }: Pick<Step, "terminal" | "signals">): boolean {
  return terminal !== null || signals === true;
}

/** A step whose command is a helper, which starts the step's own in a terminal, or passes on signals to it. Any other step as it is. */
export function withHelper(step: Step): Step {
  const { terminal } = step;
  if (!hasHelper(step)) return step;
  if (!terminal) {
    return {
      ...step,
      files: [...step.files, { path: HELPER_PATH, content: SIGNAL_HELPER }],
      argv: ["perl", HELPER_PATH, ...step.argv],
    };
  }
  const size = [String(terminal.columns), String(terminal.rows)];
  return {
    ...step,
    files: [...step.files, { path: HELPER_PATH, content: TERMINAL_HELPER }],
    // From the program's folder.
    argv: ["perl", HELPER_PATH, ...size, ...step.argv],
  };
}

/** Linux's numbers, wherever the server runs. */
const NUMBERS: Record<ProgramSignal, number> = {
  ...{ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8 },
  ...{ SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15 },
  ...{ SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23 },
  ...{ SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPWR: 30 },
  ...{ SIGSYS: 31 },
};

export function inputRecord(text: string): Buffer {
  const bytes = bytesOfText(text);
  return Buffer.concat([Buffer.from(`i ${bytes.length}\n`), bytes]);
}

export function sizeRecord({ columns, rows }: TerminalSize): Buffer {
  return Buffer.from(`s ${columns} ${rows}\n`);
}

export function signalRecord(signal: ProgramSignal): Buffer {
  return Buffer.from(`k ${NUMBERS[signal]}\n`);
}

/** The end of a program's input, where more may be said to its helper. */
export const END_RECORD = Buffer.from("e\n");

/** Takes the helper's first line off what comes from standard output. */
export class ReadyLine {
  #left = Buffer.from(TERMINAL_READY);

  /** Whether the line has come whole. */
  get seen(): boolean {
    return this.#left.length === 0;
  }

  /** What follows the line. Something else in its place is taken for output: there is no terminal then, and `seen` says so. */
  strip(data: Buffer): Buffer {
    if (this.seen) return data;
    const length = Math.min(this.#left.length, data.length);
    if (!this.#left.subarray(0, length).equals(data.subarray(0, length))) return data;
    this.#left = this.#left.subarray(length);
    return data.subarray(length);
  }
}

/** Why a program got no helper: 127 is the shell's word for a command that is not there. */
export function noHelper({ terminal }: Pick<Step, "terminal">, exitCode: number): AppError {
  const what = terminal ? "A terminal" : "A session with signals";
  const words =
    exitCode === 127
      ? `${what} needs \`perl\` in the language's image, and the one that the operator named has none; run the program without a terminal.`
      : "The sandbox could open no terminal, because too many are open on this machine; try again, or run the program without a terminal.";
  return new AppError("image_unavailable", words, { retryAfterS: 60 });
}

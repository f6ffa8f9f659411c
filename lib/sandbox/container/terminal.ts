import { AppError } from "../../errors";
import { bytesOfText } from "../../schemas/byte-text";
import type { TerminalSignal, TerminalSize } from "../../schemas/run";
import type { Step } from "../cell";
import { HELPER_PATH, TERMINAL_HELPER, TERMINAL_READY } from "./terminal-helper";

/** A step whose command is the helper, which starts the step's own in a terminal. Any other step as it is. */
export function inTerminal(step: Step): Step {
  const { terminal } = step;
  if (!terminal) return step;
  const size = [String(terminal.columns), String(terminal.rows)];
  return {
    ...step,
    files: [...step.files, { path: HELPER_PATH, content: TERMINAL_HELPER }],
    // From the program's folder.
    argv: ["perl", HELPER_PATH, ...size, ...step.argv],
  };
}

/** Linux's numbers, wherever the server runs. */
const NUMBERS: Record<TerminalSignal, number> = {
  ...{ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15, SIGCONT: 18 },
};

export function inputRecord(text: string): Buffer {
  const bytes = bytesOfText(text);
  return Buffer.concat([Buffer.from(`i ${bytes.length}\n`), bytes]);
}

export function sizeRecord({ columns, rows }: TerminalSize): Buffer {
  return Buffer.from(`s ${columns} ${rows}\n`);
}

export function signalRecord(signal: TerminalSignal): Buffer {
  return Buffer.from(`k ${NUMBERS[signal]}\n`);
}

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

/** Why a program got no terminal: 127 is the shell's word for a command that is not there. */
export function noTerminal(exitCode: number): AppError {
  const words =
    exitCode === 127
      ? "A terminal needs `perl` in the language's image, and the one that the operator named has none; run the program without a terminal."
      : "The sandbox could open no terminal, because too many are open on this machine; try again, or run the program without a terminal.";
  return new AppError("image_unavailable", words, { retryAfterS: 60 });
}

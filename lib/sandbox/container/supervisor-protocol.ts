import type { Step, Trailer } from "../cell";

/**
 * What goes over the supervisor's standard input and output.
 *
 * A step is a header line `nonce last files arguments input measure collect seconds standby waits`; then for each file a line
 * `bytes path` and its bytes, or `line path` and a line of `encodeLine`, with an `x` before the first word for a file that can be
 * run; then the arguments, the command first, a line each. `input` is `none`, `stream` (what follows on standard input, to its end)
 * or a number of bytes. `waits` is 1 where a signal may come while the program runs: it then runs as a job. Lines are encoded by
 * `encodeWord`.
 *
 * The line `leave` in the place of a header has the supervisor exit, as the end of its input does; what follows it is for others.
 *
 * After each step a trailer goes to both streams: `RS nonce exit signaled cpu memoryBefore memoryAfter oomKills maxRss written`,
 * read by `parseTrailer`. When `written` is 1 (the step's `collect` was, and the program left something in the output folder), a
 * tar of that folder follows on standard output, and the mark once more.
 */

/** Everything but plain ASCII words as octal escapes of `printf %b`; so no byte of a word can end its line. */
export function encodeWord(word: string): string {
  let encoded = "";
  for (const byte of Buffer.from(word, "utf8")) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9_./=+,:@%-]/.test(character)
      ? character
      : `\\0${byte.toString(8).padStart(3, "0")}`;
  }
  return encoded;
}

/** Longest line for a file's content: one that takes the shell about as long to read as `head` takes to start. */
const MAX_LINE_BYTES = 1_500;

/** A small file's content as a line for `printf %b`; `null` when it is to be sent as it is. Not every shell can print NUL. */
export function encodeLine(content: Buffer): string | null {
  if (content.length === 0 || content.length > MAX_LINE_BYTES || content.includes(0)) return null;
  const line = content
    .toString("latin1")
    .replace(/[^ -[\]-~]/g, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return line.length > MAX_LINE_BYTES ? null : line;
}

/** Encodes a step for the supervisor. Bytes sent after it are the program's input. */
export function encodeStep(nonce: string, step: Step): Buffer {
  const { input } = step;
  const inputWord = input.kind === "bytes" ? String(input.bytes.length) : input.kind;
  const flag = (value: boolean) => (value ? 1 : 0);
  const counts = [step.files.length, step.argv.length];
  const header = [
    nonce,
    flag(step.last),
    ...counts,
    inputWord,
    flag(step.measure),
    flag(step.collect),
    step.cpuSeconds,
    flag(step.standby),
    flag(step.flushes || step.endable),
  ];
  const parts: Buffer[] = [Buffer.from(`${header.join(" ")}\n`)];
  for (const file of step.files) {
    const content = typeof file.content === "string" ? Buffer.from(file.content, "utf8") : file.content;
    const line = encodeLine(content);
    const size = `${file.executable ? "x" : ""}${line === null ? content.length : "line"}`;
    parts.push(Buffer.from(`${size} ${encodeWord(file.path)}\n`));
    parts.push(line === null ? content : Buffer.from(`${line}\n`));
  }
  for (const word of step.argv) parts.push(Buffer.from(`${encodeWord(word)}\n`));
  if (input.kind === "bytes") parts.push(input.bytes);
  return Buffer.concat(parts);
}

/** The mark that begins a trailer; the nonce makes it unforgeable, the control character makes it rare to be held back for. */
export function trailerMark(nonce: string): Buffer {
  return Buffer.from(`\x1e${nonce} `);
}

const KB = 1024;

/**
 * The program's peak from the mark before it, the mark after it, and what its largest process had. A mark that did not rise is an
 * earlier step's: then the process is the better answer. Without marks and processes nothing is known.
 */
function peakOf(before: number, after: number, largestProcess: number): number | null {
  if (after > before || largestProcess === 0) return after || null;
  return largestProcess;
}

/** Reads what follows the mark, without its line end. `null` when it is not a trailer. */
export function parseTrailer(line: string): Trailer | null {
  const numbers = line.trim().split(" ").map(Number);
  if (numbers.length !== 8 || numbers.some((number) => !Number.isSafeInteger(number))) return null;
  const [exitCode = 0, signaled = 0, cpuNs = 0, before = 0, after = 0, oomKills = 0] = numbers;
  const [maxRssKb = 0, written = 0] = numbers.slice(6);
  return {
    exitCode,
    signaled: signaled === 1,
    cpuMs: cpuNs > 0 ? cpuNs / 1e6 : null,
    memoryBytes: peakOf(before, after, maxRssKb * KB),
    ownPeak: after > before || maxRssKb > 0,
    oomKills,
    written: written === 1,
  };
}

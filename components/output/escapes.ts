/** A control sequence, as far as it is supported. */
export type Escape =
  /** `parameters` of an `ESC[…m`. */
  | { kind: "style"; parameters: string; end: number }
  /** Erase in line: from the cursor (0), up to it (1), all (2). */
  | { kind: "erase"; mode: number; end: number }
  | { kind: "column"; column: number; end: number }
  /** Not supported, thus dropped: titles, links, clipboard, cursor movement, queries. */
  | { kind: "ignored"; end: number }
  /** The rest of the sequence has not arrived yet. */
  | { kind: "incomplete" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CSI = /(?:\x1b\[|\x9b)([0-?]*)([ -/]*)([@-~])?/y;
/** OSC, DCS and the like (title, link, clipboard), terminated by BEL or `ESC \`. A newline also ends it, so that an unterminated
 * one does not swallow the output after it. */
const STRING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n\r]*(\x07|\x1b\\|\x9c|(?=[\n\r]|\x1b[^\\]))?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const SHORT = /\x1b[ -/]*([0-~])?/y;

/** Longer than any real sequence: beyond it the text is shown instead of waiting for the end. */
const MAX_SEQUENCE = 4096;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Parses the sequence that starts with the control character at `at`. */
export function readEscape(text: string, at: number): Escape {
  const csi = matchAt(CSI, text, at);
  if (csi) return readCsi(csi, text, at);
  const string = matchAt(STRING, text, at);
  if (string) return ended(string[1] !== undefined, at + string[0].length, text, at);
  const short = matchAt(SHORT, text, at);
  if (short) return ended(short[1] !== undefined, at + short[0].length, text, at);
  return { kind: "ignored", end: at + 1 };
}

function ended(complete: boolean, end: number, text: string, at: number): Escape {
  if (complete || end < text.length || text.length - at > MAX_SEQUENCE) return { kind: "ignored", end };
  return { kind: "incomplete" };
}

function readCsi(match: RegExpExecArray, text: string, at: number): Escape {
  const [whole, parameters = "", intermediate = "", final] = match;
  const end = at + whole.length;
  if (final === undefined || intermediate !== "" || !/^[\d;:]*$/.test(parameters)) {
    return ended(final !== undefined, end, text, at);
  }
  const number = Number.parseInt(parameters, 10) || 0;
  if (final === "m") return { kind: "style", parameters, end };
  if (final === "K") return { kind: "erase", mode: number, end };
  if (final === "G") return { kind: "column", column: Math.max(number, 1) - 1, end };
  return { kind: "ignored", end };
}

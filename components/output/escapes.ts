/** What a control sequence at some place of the text means to us. */
export type Escape =
  /** `parameters` of an `ESC[…m`. */
  | { kind: "style"; parameters: string; end: number }
  /** Erase in the line: from the cursor on (0), up to it (1), all of it (2). */
  | { kind: "erase"; mode: number; end: number }
  | { kind: "column"; column: number; end: number }
  /** Nothing: a title, a link, the clipboard, a cursor's journey, a question to the terminal. */
  | { kind: "ignored"; end: number }
  /** The text ends before the sequence does. */
  | { kind: "incomplete" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CSI = /(?:\x1b\[|\x9b)([0-?]*)([ -/]*)([@-~])?/y;
/** Title, link, clipboard and the like: up to BEL or `ESC \`. A line's end also ends it, so nothing is swallowed for good. */
const STRING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n\r]*(\x07|\x1b\\|\x9c|(?=[\n\r]|\x1b[^\\]))?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const SHORT = /\x1b[ -/]*([0-~])?/y;

/** Longer than any sequence that means something; beyond it the text is shown rather than waited for. */
const MAX_SEQUENCE = 4096;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads the sequence that starts with the control character at `at`. Everything not named above is passed over. */
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

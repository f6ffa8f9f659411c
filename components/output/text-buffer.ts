import { StyleReader, type TextStyle } from "./ansi";
import { readEscape } from "./escapes";

/** Text of one look; `null` is plain. */
export interface Segment {
  text: string;
  style: TextStyle | null;
}

/** A few hundred lines that are drawn, or left undrawn, together. A sealed block never changes again. */
export interface Block {
  id: number;
  text: string;
  segments: readonly Segment[];
  lines: number;
}

const BLOCK_LINES = 200;
const BLOCK_CHARS = 16_384;
/** Longer lines are cut: no browser lays out a line of a megabyte without stopping for it. Copies are not cut. */
const MAX_LINE = 8192;

const TYPED: TextStyle = { color: null, background: null, classes: "ansi-typed" };

/** C0 but for the tab, DEL, C1: everything that is not simply shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

/**
 * What a terminal would show of a program's output, as data: colours kept, `\r`, `\b` and "erase line" carried out on
 * the current line, every other control sequence taken out. Text is appended as it comes and may be cut anywhere.
 */
export class TextBuffer {
  readonly #styles = new StyleReader();
  readonly #sealed: Block[] = [];
  #style: TextStyle | null = null;
  /** The start of a sequence whose end has not come yet. */
  #held = "";
  /** Finished lines of the block that is being filled. */
  #segments: Segment[] = [];
  #lines = 0;
  #chars = 0;
  #line: Segment[] = [];
  #length = 0;
  #cursor = 0;

  append(text: string): void {
    const all = this.#held + text;
    this.#held = "";
    let at = 0;
    while (at < all.length) {
      CONTROL.lastIndex = at;
      const next = CONTROL.exec(all)?.index ?? all.length;
      if (next > at) this.#write(all.slice(at, next), this.#style);
      if (next === all.length) return;
      const end = this.#control(all, next);
      if (end === null) {
        this.#held = all.slice(next);
        return;
      }
      at = end;
    }
  }

  /** What a person typed, so that a dialogue reads like one. It has no control sequences. */
  appendTyped(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) this.#newLine();
      if (line !== "") this.#write(line.replace(CONTROL, ""), TYPED);
    }
  }

  /** All blocks in order; the last one may still grow and is a new object each time. */
  blocks(): readonly Block[] {
    if (this.#segments.length === 0 && this.#line.length === 0) return this.#sealed.slice();
    const segments = join([...this.#segments, ...this.#line]);
    return [
      ...this.#sealed,
      toBlock(this.#sealed.length, segments, this.#lines + (this.#line.length > 0 ? 1 : 0)),
    ];
  }

  /** Acts on the control character at `at`; gives where to read on, or `null` to wait for more text. */
  #control(text: string, at: number): number | null {
    switch (text[at]) {
      case "\n":
        this.#newLine();
        return at + 1;
      case "\r":
        this.#cursor = 0;
        return at + 1;
      case "\b":
        this.#cursor = Math.max(0, this.#cursor - 1);
        return at + 1;
    }
    const sequence = readEscape(text, at);
    if (sequence.kind === "incomplete") return null;
    if (sequence.kind === "style") this.#style = this.#styles.read(sequence.parameters);
    else if (sequence.kind === "erase") this.#erase(sequence.mode);
    else if (sequence.kind === "column") this.#cursor = Math.min(sequence.column, this.#length);
    return sequence.end;
  }

  #write(text: string, style: TextStyle | null): void {
    let at = 0;
    while (at < text.length) {
      if (this.#cursor >= MAX_LINE) this.#cut();
      const part = text.slice(at, at + MAX_LINE - this.#cursor);
      at += part.length;
      const end = this.#cursor + part.length;
      if (this.#cursor === this.#length) {
        push(this.#line, { text: part, style });
      } else {
        // The cursor had gone back: what it passes is written over, the rest of the line stays.
        const before = slice(this.#line, 0, this.#cursor);
        this.#line = join([...before, { text: part, style }, ...slice(this.#line, end, this.#length)]);
      }
      this.#length = Math.max(this.#length, end);
      this.#cursor = end;
    }
  }

  #erase(mode: number): void {
    if (mode === 0) {
      this.#line = slice(this.#line, 0, this.#cursor);
      this.#length = Math.min(this.#length, this.#cursor);
      return;
    }
    const rest = mode === 1 ? slice(this.#line, this.#cursor, this.#length) : [];
    const blank =
      rest.length > 0 || this.#cursor > 0 ? [{ text: " ".repeat(this.#cursor), style: null }] : [];
    this.#line = join([...blank, ...rest]);
    this.#length = this.#line.reduce((sum, segment) => sum + segment.text.length, 0);
  }

  #newLine(): void {
    push(this.#line, { text: "\n", style: null });
    this.#take(this.#length + 1);
  }

  /** Ends a row that has become too long, without a newline: the next one goes on. */
  #cut(): void {
    push(this.#line, { text: "\n", style: null });
    this.#take(this.#length);
  }

  #take(chars: number): void {
    for (const segment of this.#line) push(this.#segments, segment);
    this.#line = [];
    this.#length = 0;
    this.#cursor = 0;
    this.#lines += 1;
    this.#chars += chars;
    if (this.#lines < BLOCK_LINES && this.#chars < BLOCK_CHARS) return;
    this.#sealed.push(toBlock(this.#sealed.length, this.#segments, this.#lines));
    this.#segments = [];
    this.#lines = 0;
    this.#chars = 0;
  }
}

function toBlock(id: number, segments: readonly Segment[], lines: number): Block {
  return { id, lines, segments, text: segments.map((segment) => segment.text).join("") };
}

/** Adds to the end; text of the same look becomes one segment. A line's end has no look, so it takes any. */
function push(segments: Segment[], next: Segment): void {
  const last = segments.at(-1);
  if (next.text === "") return;
  if (last && (last.style === next.style || (next.text === "\n" && !last.style?.background))) {
    segments[segments.length - 1] = { text: last.text + next.text, style: last.style };
  } else {
    segments.push(next);
  }
}

function join(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) push(joined, segment);
  return joined;
}

/** The segments between two columns. */
function slice(segments: readonly Segment[], from: number, to: number): Segment[] {
  const part: Segment[] = [];
  let start = 0;
  for (const { text, style } of segments) {
    const piece = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (piece !== "") part.push({ text: piece, style });
    start += text.length;
  }
  return part;
}

import { StyleReader, type TextStyle } from "./ansi";
import { readEscape } from "./escapes";
import { Line } from "./line";
import { joinSegments, pushSegment, type Segment } from "./styled-text";

/** A few hundred lines that are drawn, or left undrawn, together. A sealed block never changes again. */
export interface Block {
  id: number;
  text: string;
  segments: readonly Segment[];
  lines: number;
}

const BLOCK_LINES = 200;
const BLOCK_CHARS = 16_384;

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
  /** The start of a control sequence or a surrogate pair whose end has not come yet. */
  #held = "";
  /** Finished lines of the block that is being filled. */
  #segments: Segment[] = [];
  #lines = 0;
  #chars = 0;
  readonly #line = new Line();

  append(text: string): void {
    const all = this.#held + text;
    // Half of a surrogate pair is no character yet.
    const end = /[\ud800-\udbff]$/.test(all) ? all.length - 1 : all.length;
    this.#held = all.slice(end);
    let at = 0;
    while (at < end) {
      CONTROL.lastIndex = at;
      const next = CONTROL.exec(all)?.index ?? end;
      if (next > at) this.#write(all.slice(at, next), this.#style);
      if (next === end) return;
      const behind = this.#control(all, next);
      if (behind === null) {
        this.#held = all.slice(next);
        return;
      }
      at = behind;
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
    if (this.#segments.length === 0 && this.#line.isEmpty) return this.#sealed.slice();
    const segments = joinSegments([...this.#segments, ...this.#line.segments()]);
    const lines = this.#lines + (this.#line.isEmpty ? 0 : 1);
    return [...this.#sealed, toBlock(this.#sealed.length, segments, lines)];
  }

  /** Acts on the control character at `at`; gives where to read on, or `null` to wait for more text. */
  #control(text: string, at: number): number | null {
    switch (text[at]) {
      case "\n":
        this.#newLine();
        return at + 1;
      case "\r":
        this.#line.carriageReturn();
        return at + 1;
      case "\b":
        this.#line.backspace();
        return at + 1;
    }
    const sequence = readEscape(text, at);
    if (sequence.kind === "incomplete") return null;
    if (sequence.kind === "style") this.#style = this.#styles.read(sequence.parameters);
    else if (sequence.kind === "erase") this.#line.erase(sequence.mode);
    else if (sequence.kind === "column") this.#line.toColumn(sequence.column);
    return sequence.end;
  }

  #write(text: string, style: TextStyle | null): void {
    let rest = this.#line.write(text, style);
    while (rest !== "") {
      // The row has become too long: the next one goes on with it.
      this.#newLine();
      rest = this.#line.write(rest, style);
    }
  }

  #newLine(): void {
    for (const segment of this.#line.segments()) {
      pushSegment(this.#segments, segment);
      this.#chars += segment.text.length;
    }
    pushSegment(this.#segments, { text: "\n", style: null });
    this.#chars += 1;
    this.#lines += 1;
    this.#line.clear();
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

import type { TranscriptPart } from "@/lib/client/transcript";
import type { OutputStream } from "@/lib/schemas/output-order";
import { StyleReader, type TextStyle } from "./ansi";
import { readEscape } from "./escapes";
import { Line } from "./line";
import { joinSegments, pushSegment, type Segment } from "./styled-text";

/** Up to 200 lines that are rendered or skipped together. A sealed block never changes. */
export interface Block {
  id: number;
  text: string;
  segments: readonly Segment[];
  lines: number;
}

const BLOCK_LINES = 200;
const BLOCK_CHARS = 16_384;

const PLAIN: TextStyle = { color: null, background: null, classes: "" };
const TYPED: TextStyle = { color: null, background: null, classes: "ansi-typed" };

/** C0 except tab, DEL and C1: every character that is not simply shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

/**
 * A model of a terminal that only goes forward: colours are kept, `\r`, `\b` and "erase line" act on the current line, other
 * control sequences are dropped. Chunks may be cut anywhere.
 */
export class TextBuffer {
  readonly #styles = new StyleReader();
  readonly #sealed: Block[] = [];
  #style: TextStyle | null = null;
  /** Styles as standard error has them. */
  readonly #errorStyles = new Map<TextStyle | null, TextStyle>();
  /** The beginning of a control sequence or surrogate pair whose rest has not arrived yet. */
  readonly #held: Record<OutputStream, string> = { stdout: "", stderr: "" };
  /** Finished lines of the current block. */
  #segments: Segment[] = [];
  #lines = 0;
  #chars = 0;
  readonly #line = new Line();

  append(text: string, stream: OutputStream = "stdout"): void {
    const all = this.#held[stream] + text;
    // A high surrogate at the end waits for its other half.
    const end = /[\ud800-\udbff]$/.test(all) ? all.length - 1 : all.length;
    this.#held[stream] = all.slice(end);
    let at = 0;
    while (at < end) {
      CONTROL.lastIndex = at;
      const next = CONTROL.exec(all)?.index ?? end;
      if (next > at) this.#write(all.slice(at, next), this.#styleOn(stream));
      if (next === end) return;
      const behind = this.#control(all, next);
      if (behind === null) {
        this.#held[stream] = all.slice(next);
        return;
      }
      at = behind;
    }
  }

  appendPart({ kind, text }: TranscriptPart): void {
    if (kind === "typed") this.appendTyped(text);
    else this.append(text, kind);
  }

  /** Echoes typed input, in its own style and without interpreting control characters. */
  appendTyped(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) this.#newLine();
      if (line !== "") this.#write(line.replace(CONTROL, ""), TYPED);
    }
  }

  /** All blocks in order. The last one may still grow and is a new object each time. */
  blocks(): readonly Block[] {
    if (this.#segments.length === 0 && this.#line.isEmpty) return this.#sealed.slice();
    const segments = joinSegments([...this.#segments, ...this.#line.segments()]);
    const lines = this.#lines + (this.#line.isEmpty ? 0 : 1);
    return [...this.#sealed, toBlock(this.#sealed.length, segments, lines)];
  }

  /** Handles the control character at `at`. Returns the index after it, or `null` to wait for more text. */
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

  #styleOn(stream: OutputStream): TextStyle | null {
    const style = this.#style;
    if (stream === "stdout") return style;
    const known = this.#errorStyles.get(style) ?? { ...(style ?? PLAIN), error: true };
    this.#errorStyles.set(style, known);
    return known;
  }

  #write(text: string, style: TextStyle | null): void {
    let rest = this.#line.write(text, style);
    while (rest !== "") {
      // The line is too long: continue on a new one.
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

import { readableText, textOfBytes, unfinishedBytes } from "../schemas/byte-text";
import { OrderNotes } from "../schemas/output-order";
import type { Frame } from "./cell";

/** Finds a mark in a byte stream. Only bytes that could be the beginning of the mark are held back. */
export class MarkScanner {
  readonly #mark: Buffer;
  #held: Buffer = Buffer.alloc(0);
  #trailer: Buffer | null = null;

  constructor(mark: Buffer) {
    this.#mark = mark;
  }

  /**
   * Takes the next bytes and returns those before the mark, which are the program's. `line` is the text between the mark and
   * the end of its line, once that has come.
   */
  push(data: Buffer): { own: Buffer; line: string | null } {
    if (this.#trailer) return { own: Buffer.alloc(0), line: this.#line(data) };
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, data]) : data;
    const found = bytes.indexOf(this.#mark);
    if (found >= 0) {
      this.#trailer = Buffer.alloc(0);
      this.#held = Buffer.alloc(0);
      return { own: bytes.subarray(0, found), line: this.#line(bytes.subarray(found + this.#mark.length)) };
    }
    const held = this.#possibleStart(bytes);
    this.#held = Buffer.from(bytes.subarray(bytes.length - held));
    return { own: bytes.subarray(0, bytes.length - held), line: null };
  }

  /** The bytes after the mark's line. */
  rest(): Buffer {
    const end = this.#trailer?.indexOf(0x0a) ?? -1;
    return end < 0 ? Buffer.alloc(0) : Buffer.from(this.#trailer?.subarray(end + 1) ?? []);
  }

  /** The bytes held back, to be called when no more will come. */
  end(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  #line(data: Buffer): string | null {
    this.#trailer = Buffer.concat([this.#trailer ?? Buffer.alloc(0), data]);
    const end = this.#trailer.indexOf(0x0a);
    return end < 0 ? null : this.#trailer.toString("latin1", 0, end);
  }

  /** Length of the longest suffix of `bytes` that is a prefix of the mark. */
  #possibleStart(bytes: Buffer): number {
    const from = Math.max(0, bytes.length - this.#mark.length + 1);
    for (
      let start = bytes.indexOf(this.#mark[0] ?? 0, from);
      start >= 0;
      start = bytes.indexOf(this.#mark[0] ?? 0, start + 1)
    ) {
      if (this.#mark.subarray(0, bytes.length - start).equals(bytes.subarray(start)))
        return bytes.length - start;
    }
    return 0;
  }
}

/**
 * Both streams of a stage as text, under one cap in bytes. Characters that are split over two chunks are joined; bytes
 * that are not UTF-8 become U+FFFD, or with `everyByte` stay in what `push` and `end` return.
 */
export class OutputCollector {
  #left: number;
  #truncated = false;
  readonly #decoders: Record<Frame["stream"], Decoder>;
  readonly #parts: Record<Frame["stream"], string[]> = { stdout: [], stderr: [] };
  readonly #notes = new OrderNotes();

  constructor(maxBytes: number, { everyByte = false } = {}) {
    this.#left = maxBytes;
    const make = everyByte ? () => new ByteDecoder() : decoder;
    this.#decoders = { stdout: make(), stderr: make() };
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  /** Takes the next bytes and returns the text that they complete. What exceeds the cap is dropped. */
  push(stream: Frame["stream"], data: Buffer): string {
    const kept = data.subarray(0, this.#left);
    this.#left -= kept.length;
    if (kept.length < data.length) this.#truncated = true;
    return this.#keep(stream, this.#decoders[stream].decode(kept, { stream: true }));
  }

  /** U+FFFD if the stream ended inside a character, else nothing. A character that the cap cut off is dropped. */
  end(stream: Frame["stream"]): string {
    const rest = this.#decoders[stream].decode();
    return this.#keep(stream, this.#truncated ? "" : rest);
  }

  text(stream: Frame["stream"]): string {
    return readableText(this.#parts[stream].join(""));
  }

  /** The order of both texts, as near as two pipes tell it; `undefined` where stdout came before stderr. */
  get order(): number[] | undefined {
    return this.#notes.order;
  }

  /** Bytes left below the cap. */
  get leftBytes(): number {
    return this.#left;
  }

  #keep(stream: Frame["stream"], text: string): string {
    if (text !== "") this.#parts[stream].push(text);
    this.#notes.add(stream, text.length);
    return text;
  }
}

/** What a `TextDecoder` does. */
interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}

/** Loses no byte; holds back only the beginning of a character. */
class ByteDecoder implements Decoder {
  #held: Buffer = Buffer.alloc(0);

  decode(bytes: Uint8Array = Buffer.alloc(0), { stream } = { stream: false }): string {
    const all = Buffer.concat([this.#held, bytes]);
    const whole = all.length - (stream ? unfinishedBytes(all) : 0);
    this.#held = all.subarray(whole);
    return textOfBytes(all.subarray(0, whole));
  }
}

/** Keeps a byte order mark, which is output like any other. */
function decoder(): Decoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}

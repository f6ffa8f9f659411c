import { MAX_INPUT_BYTES } from "../schemas/limits";

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MAX_CHUNK_CHARS = Math.floor(MAX_INPUT_BYTES / 3);

/** Only LF ends a line: programs run on Linux, where a pasted CR would be part of the text. */
export function toLf(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * Standard input that a person typed or pasted: lines as a terminal or a text file has them, the last one ended too.
 * Requests of the API are not touched: what they send is what the program reads, byte for byte.
 */
export function typedInput(text: string): string {
  const lines = toLf(text);
  return lines === "" || lines.endsWith("\n") ? lines : `${lines}\n`;
}

/** What is in the field of live input: the lines that are complete, and the one that is still being typed. */
export function splitLines(text: string): { complete: string; rest: string } {
  const lines = toLf(text);
  const end = lines.lastIndexOf("\n") + 1;
  return { complete: lines.slice(0, end), rest: lines.slice(end) };
}

/** Text in pieces that one request of live input can carry. */
export function inputChunks(text: string): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + MAX_CHUNK_CHARS);
    // Not between the halves of a surrogate pair: each piece is encoded by itself.
    if (/^[\udc00-\udfff]/.test(text.slice(end, end + 1))) end -= 1;
    chunks.push(text.slice(at, end));
    at = end;
  }
  return chunks;
}

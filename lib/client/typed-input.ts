import { MAX_INPUT_BYTES } from "../schemas/limits";

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MAX_CHUNK_CHARS = Math.floor(MAX_INPUT_BYTES / 3);

/** Programs run on Linux, where a CR would be part of the line. */
export function toLf(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * Normalizes standard input typed on the page: LF only, and a newline at the end, as from a terminal or a text file. Input
 * of API requests is passed on byte for byte.
 */
export function typedInput(text: string): string {
  const lines = toLf(text);
  return lines === "" || lines.endsWith("\n") ? lines : `${lines}\n`;
}

/** Splits the live input field's text into complete lines and the line still being typed. */
export function splitLines(text: string): { complete: string; rest: string } {
  const lines = toLf(text);
  const end = lines.lastIndexOf("\n") + 1;
  return { complete: lines.slice(0, end), rest: lines.slice(end) };
}

/** Splits text to fit the size limit of an input request. */
export function inputChunks(text: string): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + MAX_CHUNK_CHARS);
    // Not within a surrogate pair: each chunk is encoded by itself.
    if (/^[\udc00-\udfff]/.test(text.slice(end, end + 1))) end -= 1;
    chunks.push(text.slice(at, end));
    at = end;
  }
  return chunks;
}

import type { TranscriptPart } from "@/lib/client/transcript";
import { TextBuffer } from "./text-buffer";

/** Control characters that are shown otherwise than they are written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const DRAWN = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/**
 * The text as it is seen, for Copy and Download: without escape sequences, progress bars as they ended. Text without control characters
 * is given as the program wrote it; only lines that are longer than what is drawn of them are broken otherwise.
 */
export function seenText(parts: readonly TranscriptPart[]): string {
  if (!parts.some(({ text }) => DRAWN.test(text))) return parts.map(({ text }) => text).join("");
  const buffer = new TextBuffer();
  for (const part of parts) buffer.appendPart(part);
  return buffer
    .blocks()
    .map((block) => block.text)
    .join("");
}

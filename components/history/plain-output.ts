import { TextBuffer } from "../output/text-buffer";

/** What a terminal would have shown of an output, without colours: what can be compared line by line. */
export function plainOutput(text: string): string {
  const buffer = new TextBuffer();
  buffer.append(text);
  return buffer
    .blocks()
    .map((block) => block.text)
    .join("");
}

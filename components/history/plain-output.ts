import { TextBuffer } from "../output/text-buffer";

/** Output as a terminal would show it, without colours, for a diff. */
export function plainOutput(text: string): string {
  const buffer = new TextBuffer();
  buffer.append(text);
  return buffer
    .blocks()
    .map((block) => block.text)
    .join("");
}

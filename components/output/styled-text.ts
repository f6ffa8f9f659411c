import type { TextStyle } from "./ansi";

/** Text of one look; `null` is plain. */
export interface Segment {
  readonly text: string;
  readonly style: TextStyle | null;
}

/** Appends; text of the same look becomes one segment. A newline has no look of its own, so it takes any. */
export function pushSegment(segments: Segment[], { text, style }: Segment): void {
  if (text === "") return;
  const last = segments.at(-1);
  if (last && (last.style === style || (text === "\n" && !last.style?.background))) {
    segments[segments.length - 1] = { text: last.text + text, style: last.style };
  } else {
    segments.push({ text, style });
  }
}

export function joinSegments(parts: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const part of parts) pushSegment(joined, part);
  return joined;
}

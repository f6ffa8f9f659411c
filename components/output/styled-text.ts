import type { TextStyle } from "./ansi";

/** Text of one style; `null` is plain. */
export interface Segment {
  readonly text: string;
  readonly style: TextStyle | null;
}

/** Appends, merging text of the same style. A newline is merged with any style that has no background. */
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

import { pushSegment, type Segment } from "./styled-text";

/** Lines that follow one another, all of standard error or not. */
export interface StreamGroup {
  errors: boolean;
  segments: Segment[];
}

/**
 * Splits text into lines of standard error and all others. A line that both streams wrote stays with the others, where its parts are told
 * apart within the line.
 */
export function groupByStream(segments: readonly Segment[]): StreamGroup[] {
  const groups: StreamGroup[] = [];
  for (const line of linesOf(segments)) {
    const last = groups.at(-1);
    const errors = isErrorLine(line) ?? last?.errors ?? false;
    const group = last?.errors === errors ? last : { errors, segments: [] };
    if (group !== last) groups.push(group);
    for (const segment of line) pushSegment(group.segments, segment);
  }
  return groups;
}

/** Each line with its line break. */
function* linesOf(segments: readonly Segment[]): Generator<Segment[]> {
  let line: Segment[] = [];
  for (const { text, style } of segments) {
    for (const part of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
      line.push({ text: part, style });
      if (!part.endsWith("\n")) continue;
      yield line;
      line = [];
    }
  }
  if (line.length > 0) yield line;
}

/** `null` for an empty line, which belongs to the lines before it. */
function isErrorLine(line: readonly Segment[]): boolean | null {
  const written = line.filter(({ text }) => text !== "\n");
  if (written.length === 0) return null;
  return written.every(({ style }) => style?.error === true);
}

import type { Segment } from "./styled-text";

/** Text in its colours, as text. Segments have no identity but their place: a text only ever grows at its end. */
export function Segments({ segments }: { segments: readonly Segment[] }) {
  return segments.map(drawSegment);
}

function drawSegment({ text, style }: Segment, index: number) {
  if (style === null) return text;
  const { color, background, classes } = style;
  return (
    <span
      key={index}
      className={classes}
      style={{ ...(color && { color }), ...(background && { background }) }}
    >
      {text}
    </span>
  );
}

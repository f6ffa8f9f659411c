import { cn } from "../ui/cn";
import type { Segment } from "./styled-text";

/** Renders styled text as text nodes and spans. Index keys are right here: segments are only appended. */
export function Segments({ segments }: { segments: readonly Segment[] }) {
  return segments.map(drawSegment);
}

function drawSegment({ text, style }: Segment, index: number) {
  if (style === null) return text;
  const { color, background, classes, error } = style;
  return (
    <span
      key={index}
      className={cn(classes, error && "output-error")}
      style={{ ...(color && { color }), ...(background && { background }) }}
    >
      {text}
    </span>
  );
}

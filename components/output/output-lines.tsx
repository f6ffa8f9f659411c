import { Segments } from "./segments";
import { groupByStream } from "./stream-groups";
import type { Segment } from "./styled-text";

/** Styled output, the lines of standard error marked as such: by a bar and a tint, and by a name for screen readers. */
export function OutputLines({ segments }: { segments: readonly Segment[] }) {
  if (!segments.some(({ style }) => style?.error)) return <Segments segments={segments} />;
  return groupByStream(segments).map((group, index) =>
    group.errors ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines are only appended
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
      <div key={index} role="group" aria-label="Errors" className="output-errors">
        <Segments segments={group.segments} />
      </div>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines are only appended
      <Segments key={index} segments={group.segments} />
    ),
  );
}

/** A message with the text between backticks rendered as code. */
export function MessageText({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text
      <code key={index} className="rounded-sm bg-hover px-1 py-px font-mono text-ink text-sm">
        {part}
      </code>
    ),
  );
}

/** Text in which `backticks` mark code. */
export function MarkedText({ text }: { text: string }) {
  const parts = text.split("`").map((part, at) => ({ part, isCode: at % 2 === 1, at }));
  return parts.map(({ part, isCode, at }) =>
    isCode ? (
      <code key={at} className="font-mono">
        {part}
      </code>
    ) : (
      part
    ),
  );
}

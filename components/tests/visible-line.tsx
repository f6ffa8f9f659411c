/** What shows a character that is not seen. */
const SIGNS: Readonly<Record<string, string>> = { " ": "·", "\t": "→", "\r": "␍", "\v": "␋", "\f": "␌" };
const UNSEEN = /[ \t\r\v\f]+/;
interface VisibleLineProps {
  text: string;
  /** Show every white space, not only that at the end: the line differs in nothing else. */
  all: boolean;
}

/** A line in which white space that cannot be seen has signs. */
export function VisibleLine({ text, all }: VisibleLineProps) {
  if (all) {
    return text.split(/([ \t\r\v\f]+)/).map((part, at) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
      UNSEEN.test(part) ? <Signs key={at} text={part} /> : part,
    );
  }
  let end = text.length;
  while (end > 0 && SIGNS[text.charAt(end - 1)] !== undefined) end -= 1;
  if (end === text.length) return text;
  return (
    <>
      {text.slice(0, end)}
      <Signs text={text.slice(end)} />
    </>
  );
}

function Signs({ text }: { text: string }) {
  return (
    <span className="text-faint">{[...text].map((character) => SIGNS[character] ?? character).join("")}</span>
  );
}

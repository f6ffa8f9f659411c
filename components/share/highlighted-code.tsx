import { common, createLowlight } from "lowlight";
import type { ReactNode } from "react";

const lowlight = createLowlight(common);
type Node = ReturnType<typeof lowlight.highlight>["children"][number];

/** Above the limit of the main file; longer extra files are shown without highlighting. */
const MAX_COLOURED = 120_000;

interface HighlightedCodeProps {
  code: string;
  /** A language id; unknown ones are shown as plain text. */
  language: string;
  /** Another one to colour it as where its own rules are not known: Monaco's name of the language, mostly. */
  like?: string | undefined;
  label: string;
}

/**
 * Highlighted code, rendered on the server so that it works without JavaScript. The highlighter returns a tree of spans and
 * texts, which React escapes: nothing is parsed as HTML.
 */
export function HighlightedCode({ code, language, like = "", label }: HighlightedCodeProps) {
  const text = code.replace(/\n$/, "");
  const lines = text.split("\n").length;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      aria-label={label}
      dir="ltr"
      className="flex overflow-x-auto py-3 font-mono text-base focus-visible:outline-offset-[-2px]"
    >
      <pre aria-hidden="true" className="select-none pr-4 pl-4 text-right text-faint">
        {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
      </pre>
      <pre className="min-w-0 flex-1 pr-4 [tab-size:4]">
        <code>{colour(text, lowlight.registered(language) ? language : like)}</code>
      </pre>
    </section>
  );
}

/** Code in colours, as far as its language is known. */
export function colour(code: string, language: string): ReactNode {
  if (code.length > MAX_COLOURED || !lowlight.registered(language)) return code;
  return lowlight.highlight(language, code).children.map(draw);
}

function draw(node: Node, index: number): ReactNode {
  if (node.type === "text") return node.value;
  if (node.type !== "element") return null;
  const { className } = node.properties;
  return (
    <span key={index} className={Array.isArray(className) ? className.join(" ") : undefined}>
      {node.children.map(draw)}
    </span>
  );
}

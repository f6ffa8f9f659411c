import type { ReactNode } from "react";
import { cutPoint } from "../output/cells";
import { Segments } from "../output/segments";
import { TextBuffer } from "../output/text-buffer";
import { cn } from "../ui/cn";

/** Characters that are rendered at most: with a colour for each character, 1 MB of output would be 20 MB of HTML, and many times that in memory. */
const MAX_SHOWN = 100_000;

interface ProgramOutputProps {
  name: string;
  text: string;
  tone?: "bad";
  /** URL of the whole text, for when it is shortened. */
  whole?: string;
}

/** Program output as a terminal would show it, rendered on the server. Renders nothing for empty output. */
export function ProgramOutput({ name, text, tone, whole }: ProgramOutputProps) {
  if (text === "") return null;
  const buffer = new TextBuffer();
  buffer.append(text.slice(0, cutPoint(text, MAX_SHOWN)));
  return (
    <ResultPart name={name} {...(tone && { tone })}>
      <div dir="ltr" className="output-wrap font-mono text-base">
        {buffer.blocks().map((block) => (
          <div
            key={block.id}
            className="output-block"
            style={{ containIntrinsicBlockSize: `auto ${block.lines * 20}px` }}
          >
            <Segments segments={block.segments} />
          </div>
        ))}
      </div>
      {text.length > MAX_SHOWN ? (
        <p className="mt-2 text-base text-muted">
          Shortened here.{" "}
          {whole ? (
            <a href={whole} className="text-accent-ink underline">
              All of it as plain text
            </a>
          ) : null}
        </p>
      ) : null}
    </ResultPart>
  );
}

/** A titled section of a run's page. */
export function ResultPart({ name, tone, children }: { name: string; tone?: "bad"; children: ReactNode }) {
  return (
    <section aria-label={name} className="px-4 pt-3">
      <h3 className={cn("mb-1.5 font-medium text-sm", tone === "bad" ? "text-bad" : "text-faint")}>{name}</h3>
      {children}
    </section>
  );
}

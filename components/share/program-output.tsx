import type { ReactNode } from "react";
import type { OutputPiece } from "@/lib/schemas/output-order";
import { cutPoint } from "../output/cells";
import { OutputLines } from "../output/output-lines";
import { TextBuffer } from "../output/text-buffer";

/** Characters that are rendered at most: with a colour for each character, 1 MB of output would be 20 MB of HTML, and many times that in memory. */
const MAX_SHOWN = 100_000;

interface ProgramOutputProps {
  name: string;
  /** In the order in which they were written. */
  pieces: readonly OutputPiece[];
  /** URL of the whole text, for when it is shortened. */
  whole?: string;
}

/** Program output as a terminal would show it, rendered on the server. Renders nothing for empty output. */
export function ProgramOutput({ name, pieces, whole }: ProgramOutputProps) {
  const { buffer, shortened } = fill(pieces);
  const blocks = buffer.blocks();
  if (blocks.length === 0) return null;
  return (
    <ResultPart name={name}>
      <div dir="ltr" className="output-wrap font-mono text-base">
        {blocks.map((block) => (
          <div
            key={block.id}
            className="output-block"
            style={{ containIntrinsicBlockSize: `auto ${block.lines * 20}px` }}
          >
            <OutputLines segments={block.segments} />
          </div>
        ))}
      </div>
      {shortened ? (
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

function fill(pieces: readonly OutputPiece[]): { buffer: TextBuffer; shortened: boolean } {
  const buffer = new TextBuffer();
  let left = MAX_SHOWN;
  for (const { stream, text } of pieces) {
    const end = cutPoint(text, left);
    buffer.append(text.slice(0, end), stream);
    left -= end;
    if (end < text.length) return { buffer, shortened: true };
  }
  return { buffer, shortened: false };
}

/** A titled section of a run's page. */
export function ResultPart({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="px-4 pt-3">
      <h3 className="mb-1.5 font-medium text-faint text-sm">{name}</h3>
      {children}
    </section>
  );
}

import { CircleAlert, TriangleAlert } from "lucide-react";
import type { Diagnostic } from "@/lib/languages/editor";

/** By the output; the rest is in the text below it and in the panel of problems. */
const SHOWN = 4;

interface ProblemListProps {
  diagnostics: readonly Diagnostic[];
  /** Not only the first few. */
  all?: boolean;
  onJump: (diagnostic: Diagnostic) => void;
}

/** Diagnostics, each a link to its place in the code. */
export function ProblemList({ diagnostics, all = false, onJump }: ProblemListProps) {
  if (diagnostics.length === 0) return null;
  return (
    <ul aria-label="Problems" className="mb-2 overflow-hidden rounded-md border border-line bg-surface">
      {diagnostics.slice(0, all ? undefined : SHOWN).map((one) => (
        <li
          key={`${one.file}:${one.line}:${one.column}:${one.message}`}
          className="border-line border-b last:border-b-0"
        >
          <button
            type="button"
            onClick={() => onJump(one)}
            className="flex w-full items-center gap-2 px-2.5 py-1.5 text-left text-base hover:bg-hover focus-visible:outline-offset-[-2px]"
          >
            {one.severity === "error" ? (
              <CircleAlert aria-label="Error" className="size-3.5 shrink-0 text-bad" />
            ) : (
              <TriangleAlert aria-label="Warning" className="size-3.5 shrink-0 text-warn" />
            )}
            <span className="min-w-0 flex-1 truncate">{one.message}</span>
            <span className="shrink-0 text-faint text-sm tabular-nums">
              {one.file === undefined ? "" : `${one.file}, `}
              {one.file === undefined ? "Line" : "line"} {one.line}
              {one.column === null ? "" : `, column ${one.column}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

"use client";

import { Shapes } from "lucide-react";
import { useExamples } from "@/lib/client/use-examples";
import type { ExampleInfo, LanguageInfo } from "@/lib/schemas/language";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Skeleton } from "../ui/skeleton";
import { Tooltip } from "../ui/tooltip";

/** Lines of what an example prints that are shown as its picture. */
const PREVIEW_LINES = 7;

interface ExamplesDialogProps {
  language: LanguageInfo | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onPick: (example: ExampleInfo) => void;
}

/** The header's button for them. Narrower windows have no room for it; there it is an entry of the menu of pages. */
export function ExamplesButton({ onClick }: { onClick: () => void }) {
  return (
    <Tooltip label="Examples">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Examples"
        aria-haspopup="dialog"
        className="max-lg:hidden"
        onClick={onClick}
      >
        <Shapes aria-hidden="true" />
      </Button>
    </Tooltip>
  );
}

/** The examples of a language, each with what it prints. */
export function ExamplesDialog({ language, open, onOpenChange, onPick }: ExamplesDialogProps) {
  const [state, reload] = useExamples(open ? (language?.id ?? null) : null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title={`Examples in ${language?.name ?? "this language"}`}
      description="Opening one takes the place of your program; Undo brings that back."
    >
      <div className="mt-4 max-h-[min(65vh,36rem)] overflow-y-auto">
        {state.name === "failed" ? (
          <div role="alert" className="space-y-3">
            <p className="text-base text-muted">The examples could not be loaded. {state.error.message}</p>
            <Button onClick={reload}>Try again</Button>
          </div>
        ) : null}
        {state.name === "loading" ? (
          <div aria-busy="true" className="grid gap-3 sm:grid-cols-2">
            {["a", "b", "c", "d"].map((key) => (
              <Skeleton key={key} className="h-44" />
            ))}
          </div>
        ) : null}
        {state.name === "ready" ? (
          <ul aria-label="Examples" className="grid gap-3 p-0.5 sm:grid-cols-2">
            {state.examples.map((example) => (
              <li key={example.name}>
                <ExampleCard example={example} onPick={onPick} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}

function ExampleCard({ example, onPick }: { example: ExampleInfo; onPick: (example: ExampleInfo) => void }) {
  const { title, about, expected, code } = example;
  return (
    <button
      type="button"
      onClick={() => onPick(example)}
      className="flex h-full w-full flex-col overflow-hidden rounded-lg border border-line-strong bg-surface text-left hover:bg-hover"
    >
      <span className="block space-y-0.5 px-3 py-2.5">
        <span className="block font-medium text-lg">{title}</span>
        <span className="block text-base text-muted">{about}</span>
      </span>
      <span aria-hidden="true" className="block flex-1 border-line border-t bg-sunken px-3 py-2">
        {code.includes("OUTPUT_DIR") ? (
          <Waves />
        ) : (
          <span className="block overflow-hidden whitespace-pre font-mono text-muted text-xs">
            {expected.split("\n").slice(0, PREVIEW_LINES).join("\n")}
          </span>
        )}
      </span>
    </button>
  );
}

/** What the drawing example draws: the same three waves. */
function Waves() {
  const colors = ["text-accent-ink", "text-bad", "text-good"];
  return (
    <svg aria-hidden="true" viewBox="0 0 240 120" className="h-28 w-full">
      <path d="M0 60H240" stroke="currentColor" className="text-faint" />
      {colors.map((color, at) => (
        <path
          key={color}
          d={wave(at + 1)}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          className={color}
        />
      ))}
    </svg>
  );
}

function wave(waves: number): string {
  const points = Array.from({ length: 61 }, (_, at) => {
    const y = 60 - (Math.sin((at / 60) * 2 * Math.PI * waves) * 48) / waves;
    return `${at * 4} ${y.toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}

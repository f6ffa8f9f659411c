"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import type { Problem } from "@/lib/client/problem";
import { EmptyPanel } from "../workbench/empty-panel";

/** A program with more mistakes is mended from the top. */
const SHOWN = 200;

interface ProblemsPanelProps {
  problems: readonly Problem[];
  onJump: (problem: Problem) => void;
}

/** Everything that is wrong with the program, by file, with who says so. A click or Enter goes there; the arrows move within the list. */
export function ProblemsPanel({ problems, onJump }: ProblemsPanelProps) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    const next = steps[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(next, buttons.length - 1))]?.focus();
  }

  if (problems.length === 0) {
    return (
      <EmptyPanel icon={CircleCheck} title="No problems">
        What a run or the editor finds wrong is listed here, each with a way to its line.
      </EmptyPanel>
    );
  }
  const files = [...new Set(problems.map(({ file }) => file))];
  return (
    <section aria-label="Problems" className="h-full overflow-y-auto">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows are an addition; every problem is a button */}
      <div ref={list} onKeyDown={onKeyDown}>
        {files.map((file) => (
          <div key={file}>
            <h2 className="sticky top-0 border-line border-b bg-sunken px-3 py-1 font-mono text-muted text-sm">
              {file}
            </h2>
            <ul aria-label={`Found in ${file}`}>
              {problems
                .filter((problem) => problem.file === file)
                .slice(0, SHOWN)
                .map((problem) => (
                  <ProblemRow
                    key={`${problem.line}:${problem.column}:${problem.source}:${problem.message}`}
                    problem={problem}
                    onJump={onJump}
                  />
                ))}
            </ul>
          </div>
        ))}
      </div>
      {problems.length > SHOWN ? (
        <p className="px-3 py-2 text-muted text-sm">
          {SHOWN} of {problems.length} are shown in each file.
        </p>
      ) : null}
    </section>
  );
}

function ProblemRow({ problem, onJump }: { problem: Problem; onJump: (problem: Problem) => void }) {
  const { line, column, severity, message, source } = problem;
  return (
    <li className="border-line border-b">
      <button
        type="button"
        onClick={() => onJump(problem)}
        className="flex min-h-9 w-full items-start gap-2 px-3 py-2 text-left text-base hover:bg-hover focus-visible:outline-offset-[-2px] max-sm:min-h-11"
      >
        <SeverityIcon severity={severity} />
        <span className="min-w-0 flex-1 whitespace-pre-wrap break-words">{message}</span>
        <span className="shrink-0 text-faint text-sm tabular-nums">
          {source} · line {line}, column {column}
        </span>
      </button>
    </li>
  );
}

function SeverityIcon({ severity }: Pick<Problem, "severity">) {
  const place = "mt-0.75 size-3.5 shrink-0";
  if (severity === "error") return <CircleAlert aria-label="Error" className={`${place} text-bad`} />;
  if (severity === "warning") return <TriangleAlert aria-label="Warning" className={`${place} text-warn`} />;
  return <Info aria-label="Information" className={`${place} text-muted`} />;
}

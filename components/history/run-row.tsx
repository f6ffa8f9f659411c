"use client";

import { Pin } from "lucide-react";
import { memo, useState } from "react";
import { formatBytes } from "@/lib/client/format";
import type { RunSummary } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { LanguageTile } from "../editor/language-tile";
import { StatusMark } from "../run/facts";
import { runWords } from "../run/status-words";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";
import { RowMenu } from "./row-menu";
import { durationOf, RunTitle, runName, When } from "./run-title";
import type { RowActions } from "./use-row-actions";

interface RunRowProps {
  run: RunSummary;
  language: LanguageInfo | null;
  now: Date;
  selected: boolean;
  actions: RowActions;
}

/** A row of the history: link to the run's page, figures and actions. */
export const RunRow = memo(function RunRow({ run, language, now, selected, actions }: RunRowProps) {
  const [renaming, setRenaming] = useState(false);
  const name = runName(run);

  function renamed(title: string | null): void {
    setRenaming(false);
    if (title !== null && title !== (run.title ?? "")) actions.rename(run, title);
  }

  return (
    <li
      className={cn(
        "flex items-center gap-3 border-line border-b px-3 py-2 last:border-b-0 sm:gap-4 sm:px-4",
        selected ? "bg-accent-wash" : "hover:bg-sunken",
      )}
    >
      <input
        type="checkbox"
        aria-label={`Compare ${name}`}
        checked={selected}
        onChange={() => actions.select(run.id)}
        className="size-4 shrink-0 accent-(--focus)"
      />
      <LanguageTile
        language={language ?? { id: run.language, extension: run.language.slice(0, 4) }}
        className="max-sm:hidden"
      />
      <RunTitle run={run} language={language} now={now} renaming={renaming} onRenamed={renamed} />
      <span className="w-32 shrink-0 text-base max-sm:hidden">
        <StatusMark words={runWords(run)} active={run.status === "running"} />
      </span>
      <Figure name="Duration" text={durationOf(run)} />
      <Figure
        name="Memory"
        text={run.memoryUsed ? formatBytes(run.memoryUsed) : null}
        className="max-lg:hidden"
      />
      <When run={run} now={now} className="w-20 shrink-0 text-right max-sm:hidden" />
      <div className="flex shrink-0 items-center">
        <Tooltip label={run.pinned ? "Unpin" : "Pin"}>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Pin ${name}`}
            aria-pressed={run.pinned}
            onClick={() => actions.pin(run, !run.pinned)}
            className="aria-pressed:text-accent-ink max-sm:hidden"
          >
            <Pin aria-hidden="true" className={cn(run.pinned && "fill-current")} />
          </Button>
        </Tooltip>
        <RowMenu run={run} name={name} actions={actions} onRename={() => setRenaming(true)} />
      </div>
    </li>
  );
});

function Figure({ name, text, className }: { name: string; text: string | null; className?: string }) {
  return (
    <span className={cn("w-18 shrink-0 text-right text-base tabular-nums max-md:hidden", className)}>
      <span className="sr-only">{name}: </span>
      {text ?? <span className="text-faint">–</span>}
    </span>
  );
}

"use client";

import { Globe, Link2, Pin, ShieldX } from "lucide-react";
import Link from "next/link";
import { formatDuration } from "@/lib/client/format";
import { runUrl } from "@/lib/client/run-url";
import { formatAgo, formatUtc } from "@/lib/client/time-text";
import type { RunSummary } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { StatusMark } from "../run/facts";
import { runWords } from "../run/status-words";
import { cn } from "../ui/cn";
import { RenameField } from "./rename-field";

/** A run's title, or the beginning of its code. */
export function runName(run: Pick<RunSummary, "title" | "preview">): string {
  return run.title ?? (run.preview || "Empty program");
}

/** The program's duration; `null` if it did not run or has not ended. */
export function durationOf({ status, durationMs }: RunSummary): string | null {
  return durationMs === null || status === "compile_error" ? null : formatDuration(durationMs);
}

interface RunTitleProps {
  run: RunSummary;
  language: LanguageInfo | null;
  now: Date;
  renaming: boolean;
  onRenamed: (title: string | null) => void;
}

/** A run's name, linked to its page, above its language; on phones also its figures. */
export function RunTitle({ run, language, now, renaming, onRenamed }: RunTitleProps) {
  return (
    <div className="min-w-0 flex-1">
      {renaming ? (
        <RenameField title={run.title} onDone={onRenamed} />
      ) : (
        <p className="flex items-center gap-1.5">
          <Link
            href={runUrl(run.id)}
            prefetch={false}
            className={cn(
              "min-w-0 truncate rounded-sm text-base hover:underline",
              run.title === null ? "font-mono" : "font-medium",
            )}
          >
            {runName(run)}
          </Link>
          {run.pinned ? (
            <Pin aria-hidden="true" className="size-3 shrink-0 fill-current text-accent-ink sm:hidden" />
          ) : null}
          <Shared run={run} />
        </p>
      )}
      <p className="flex min-w-0 gap-1.5 text-faint text-sm max-sm:hidden">
        <span className="shrink-0">{language?.name ?? run.language}</span>
        {run.title === null ? null : <span className="min-w-0 truncate font-mono">{run.preview}</span>}
      </p>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted text-sm tabular-nums sm:hidden">
        <StatusMark words={runWords(run)} active={run.status === "running"} />
        <span>{language?.name ?? run.language}</span>
        <span>{durationOf(run)}</span>
        <When run={run} now={now} />
      </p>
    </div>
  );
}

function Shared({ run }: { run: RunSummary }) {
  if (run.takedown !== null) {
    return (
      <span className="inline-flex shrink-0 items-center gap-1 rounded-full bg-warn-wash px-2 text-sm text-warn">
        <ShieldX aria-hidden="true" className="size-3.5" />
        Taken down
      </span>
    );
  }
  if (run.visibility === "private") return null;
  const Icon = run.visibility === "public" ? Globe : Link2;
  return (
    <span className="flex shrink-0 items-center text-faint" title={VISIBILITY_TITLES[run.visibility]}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{VISIBILITY_TITLES[run.visibility]}</span>
    </span>
  );
}

const VISIBILITY_TITLES = { unlisted: "Shared by link", public: "Public" } as const;

/** A run's start as relative time, with the full time as tooltip. */
export function When({ run, now, className }: { run: RunSummary; now: Date; className?: string }) {
  return (
    <time
      dateTime={run.createdAt}
      title={formatUtc(run.createdAt)}
      className={cn("whitespace-nowrap text-muted text-sm tabular-nums", className)}
    >
      {formatAgo(new Date(run.createdAt), now)}
    </time>
  );
}

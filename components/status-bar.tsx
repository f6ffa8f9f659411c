"use client";

import { useState } from "react";
import { useUsage } from "@/lib/client/account";
import { formatBytes } from "@/lib/client/format";
import { formatUpcoming } from "@/lib/client/time-text";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { Usage } from "@/lib/schemas/run";
import { cn } from "./ui/cn";

/** From here on it is worth knowing how many are left. */
const FEW = 0.2;

interface StatusBarProps {
  language: LanguageInfo | null;
  /** What the run on the page has left; `null` when there is none, or it has not ended. */
  usage: Usage | null;
}

/** What holds for the next run: its limits, and how many are left today when they get few. */
export function StatusBar({ language, usage }: StatusBarProps) {
  // The next run begins without a count, and one that is refused never has any.
  const [last, setLast] = useState(usage);
  if (usage !== null && usage !== last) setLast(usage);
  const left = fewLeft(later(last, useUsage()), new Date());
  const run = language?.limits.run;
  return (
    <footer
      className={cn(
        "flex h-7 shrink-0 items-center justify-between gap-4 border-line border-t bg-surface px-4 text-faint text-sm tabular-nums",
        // On a telephone only what is urgent is worth a line.
        left === null && "max-sm:hidden",
      )}
    >
      <p className="truncate max-sm:hidden">
        {run
          ? `Each run: ${formatBytes(run.memoryBytes)} memory, ${run.cpus} CPU, ${run.timeoutMs / 1000} s, no network`
          : ""}
      </p>
      <p role="status" className="shrink-0 font-medium text-warn">
        {left ?? ""}
      </p>
    </footer>
  );
}

/** Of two counts of the same runs the one that was made later; a day's count only grows. */
function later(one: Usage | null, other: Usage | null): Usage | null {
  if (one === null || other === null) return one ?? other;
  if (one.resetsAt !== other.resetsAt) return one.resetsAt > other.resetsAt ? one : other;
  return one.used > other.used ? one : other;
}

function fewLeft(usage: Usage | null, now: Date): string | null {
  if (usage === null || usage.remaining >= usage.limit * FEW) return null;
  const resetsAt = new Date(usage.resetsAt);
  // Yesterday's count says nothing of today.
  if (resetsAt <= now) return null;
  const { remaining, limit } = usage;
  if (remaining === 0) return `No runs left today, more ${formatUpcoming(resetsAt, now)}`;
  return `${remaining} of ${limit} ${limit === 1 ? "run" : "runs"} left today`;
}

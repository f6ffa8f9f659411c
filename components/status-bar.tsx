"use client";

import Link from "next/link";
import { useState } from "react";
import { useUsage } from "@/lib/client/account";
import { formatBytes } from "@/lib/client/format";
import { type Progress, preparingText, preparingTitle } from "@/lib/client/language-progress";
import { formatUpcoming } from "@/lib/client/time-text";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { Usage } from "@/lib/schemas/run";
import { cn } from "./ui/cn";
import { Spinner } from "./ui/spinner";

/** The share of the quota below which the remaining runs are shown. */
const FEW_LEFT_SHARE = 0.2;

const BAR =
  "flex h-7 shrink-0 items-center justify-between gap-4 border-line border-t bg-surface px-4 text-faint text-sm tabular-nums";

/** What holds whatever the language and the plan are. */
function EveryRun() {
  return (
    <p className="truncate">
      Each run has a sandbox of its own, which is thrown away after it, and no network.
    </p>
  );
}

/** The bar before anything is known; it says what it can, so that the page's largest text is there with its first paint. */
export function StatusBarSkeleton() {
  return (
    <footer className={cn(BAR, "max-sm:hidden")}>
      <EveryRun />
    </footer>
  );
}

interface StatusBarProps {
  language: LanguageInfo | null;
  /** How far the language's image is that is being made. */
  preparing: Progress | null;
  /** Usage as of the finished run on the page; `null` when there is none. */
  usage: Usage | null;
}

/** Limits of the next run, or what it would wait for, and the remaining runs of today once they are few. */
export function StatusBar({ language, preparing, usage }: StatusBarProps) {
  // Remembered, since an active or refused run reports no usage.
  const [last, setLast] = useState(usage);
  if (usage !== null && usage !== last) setLast(usage);
  const left = fewLeft(newer(last, useUsage()), new Date());
  const run = language?.limits.run;
  return (
    // On phones only what is out of the ordinary is worth the line.
    <footer className={cn(BAR, left === null && preparing === null && "max-sm:hidden")}>
      <p role="status" className="sr-only">
        {language && preparing ? preparingTitle(language) : ""}
      </p>
      {language && preparing ? (
        <PreparingLine text={preparingText(language, preparing)} />
      ) : (
        <div className="flex min-w-0 gap-2 max-sm:hidden">
          <EveryRun />
          <p className="shrink-0">
            {run
              ? `${formatBytes(run.memoryBytes)} memory · ${run.cpus} CPU · ${run.timeoutMs / 1000} s`
              : ""}
          </p>
        </div>
      )}
      <div className="flex shrink-0 items-center gap-4">
        <p role="status" className="font-medium text-warn">
          {left ?? ""}
        </p>
        <Link
          prefetch={false}
          href="/status"
          className="rounded-sm hover:text-ink hover:underline max-sm:hidden"
        >
          Status
        </Link>
      </div>
    </footer>
  );
}

function PreparingLine({ text }: { text: string }) {
  return (
    <p title={text} className="flex min-w-0 items-center gap-2 text-ink">
      <Spinner className="size-3.5 shrink-0" />
      <span className="truncate">{text}</span>
    </p>
  );
}

/** The newer of two counts: within a day the count only grows. */
function newer(one: Usage | null, other: Usage | null): Usage | null {
  if (one === null || other === null) return one ?? other;
  if (one.resetsAt !== other.resetsAt) return one.resetsAt > other.resetsAt ? one : other;
  return one.used > other.used ? one : other;
}

function fewLeft(usage: Usage | null, now: Date): string | null {
  if (usage === null || usage.remaining >= usage.limit * FEW_LEFT_SHARE) return null;
  const resetsAt = new Date(usage.resetsAt);
  // The count is from a day that has ended.
  if (resetsAt <= now) return null;
  const { remaining, limit } = usage;
  if (remaining === 0) return `No runs left today, more ${formatUpcoming(resetsAt, now)}`;
  return `${remaining} of ${limit} ${limit === 1 ? "run" : "runs"} left today`;
}

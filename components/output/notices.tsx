"use client";

import { CircleAlert, Info, RotateCw, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { formatWait } from "@/lib/client/format";
import type { RunFailure } from "@/lib/client/run-state";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { failureText, failureTitle, type Tone } from "./status-words";

const WASHES: Readonly<Record<Tone, string>> = {
  neutral: "bg-hover text-muted",
  good: "bg-good-wash text-good",
  bad: "bg-bad-wash text-bad",
  warn: "bg-warn-wash text-warn",
};

/** A message with what stands between backticks set as code: commands to copy, names to find. */
function Words({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text
      <code key={index} className="rounded-sm bg-hover px-1 py-px font-mono text-ink text-sm">
        {part}
      </code>
    ),
  );
}

/** A sentence about the result, in its colour. */
export function Notice({ tone, text }: { tone: Tone; text: string }) {
  const Icon = tone === "bad" ? CircleAlert : tone === "warn" ? TriangleAlert : Info;
  return (
    <p className={cn("flex items-start gap-2 px-4 py-2 text-base", WASHES[tone])}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        <Words text={text} />
      </span>
    </p>
  );
}

/** What is shown where there is no result: why, what to do, and a way to try again once that makes sense. */
export function FailureCard({ failure, onRetry }: { failure: RunFailure; onRetry: () => void }) {
  const waitS = useCountdown(failure);
  return (
    <div role="alert" className="m-4 max-w-2xl rounded-lg border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
        <div className="min-w-0 space-y-1">
          <h3 className="font-medium text-lg">{failureTitle(failure)}</h3>
          <p className="break-words text-base text-muted">
            <Words text={failureText(failure)} />
          </p>
        </div>
      </div>
      <div className="mt-3 flex items-center gap-3 pl-7">
        <Button size="sm" disabled={waitS > 0} onClick={onRetry}>
          <RotateCw aria-hidden="true" />
          Try again
        </Button>
        {waitS > 0 ? <span className="text-muted text-sm tabular-nums">in {formatWait(waitS)}</span> : null}
      </div>
    </div>
  );
}

function useCountdown(failure: RunFailure): number {
  const [left, setLeft] = useState(failure.retryAfterS ?? 0);
  useEffect(() => {
    const until = Date.now() + (failure.retryAfterS ?? 0) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}

/** An image is being fetched or built: what goes on, and how far it has come when that is known. */
export function Preparing({ message, percent }: { message: string; percent: number | null }) {
  return (
    <div className="space-y-2.5 px-4 py-4">
      <div className="flex items-baseline justify-between gap-4">
        <p className="min-w-0 truncate text-base">{message}</p>
        {percent === null ? null : (
          <span className="text-muted text-sm tabular-nums">{Math.round(percent)} %</span>
        )}
      </div>
      <div
        role="progressbar"
        aria-label="Preparing the language"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { "aria-valuenow": Math.round(percent) })}
        className="h-1 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={cn(
            "h-full rounded-full bg-accent transition-[width] duration-300",
            percent === null && "sweep w-1/4",
          )}
          style={percent === null ? {} : { width: `${percent}%` }}
        />
      </div>
      <p className="text-faint text-sm">This happens once; later runs start at once.</p>
    </div>
  );
}

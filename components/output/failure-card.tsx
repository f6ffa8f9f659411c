"use client";

import { CircleAlert, Hourglass, RotateCw } from "lucide-react";
import Link from "next/link";
import { isPlanLimit, withoutRetryHint } from "@/lib/client/error-text";
import type { RunFailure } from "@/lib/client/run-state";
import { formatCountdown, formatUpcoming } from "@/lib/client/time-text";
import { PlanActions } from "../account/plan-actions";
import { failureTitle } from "../run/status-words";
import { Button, buttonStyle } from "../ui/button";
import { useRetry } from "../use-retry";
import { MessageText } from "./message-text";

/** Codes of failures that the status page explains. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  "docker_unavailable",
  "image_unavailable",
  "queue_full",
  "queue_unavailable",
  "store_unavailable",
  "store_full",
]);

interface FailureCardProps {
  failure: RunFailure;
  onRetry: () => void;
}

/** Shown in place of a result: why there is none, what to do, and a retry button. */
export function FailureCard({ failure, onRetry }: FailureCardProps) {
  const { at, leftS } = useRetry(failure);
  const ofPlan = isPlanLimit(failure.code);
  const Icon = ofPlan ? Hourglass : CircleAlert;
  const waiting = leftS > 0;
  const text = failure.message;
  return (
    <div className="m-4 max-w-2xl rounded-lg border border-line bg-surface p-4">
      <div role="alert" className="flex items-start gap-3">
        <Icon
          aria-hidden="true"
          className={ofPlan ? "mt-0.5 size-4 shrink-0 text-warn" : "mt-0.5 size-4 shrink-0 text-bad"}
        />
        <div className="min-w-0 space-y-1">
          <h3 className="font-medium text-lg">{failureTitle(failure)}</h3>
          <p className="break-words text-base text-muted">
            <MessageText text={ofPlan && at ? withoutRetryHint(text) : text} />
          </p>
          {ofPlan && at ? (
            <p className="text-base">
              {waiting
                ? `You can run programs again ${formatUpcoming(at, new Date())}.`
                : "You can run programs again now."}
            </p>
          ) : null}
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 pl-7">
        {ofPlan ? <PlanActions code={failure.code} /> : null}
        {failure.code === "plan_forbids" ? null : (
          <Button size="sm" disabled={waiting} onClick={onRetry}>
            <RotateCw aria-hidden="true" />
            Try again
          </Button>
        )}
        {OF_THE_SERVER.has(failure.code) ? (
          <Link href="/status" className={buttonStyle({ variant: "ghost", size: "sm" })}>
            What works and what does not
          </Link>
        ) : null}
        {/* Outside the alert, so that screen readers do not announce every second. */}
        {waiting ? (
          <span role="timer" className="text-muted text-sm tabular-nums">
            in {formatCountdown(leftS)}
          </span>
        ) : null}
      </div>
    </div>
  );
}

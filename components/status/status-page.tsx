"use client";

import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ApiError } from "@/lib/client/api";
import { useServerStatus } from "@/lib/client/use-server-status";
import type { ServerStatus } from "@/lib/schemas/status";
import { MessageText } from "../output/message-text";
import { LoadFailure } from "../section";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Skeleton } from "../ui/skeleton";
import { LastHour } from "./last-hour";
import { overallWords, PART_WORDS, STATE_WORDS, UNKNOWN, type Words } from "./state-words";
import { Versions } from "./versions";
import { Workers } from "./workers";

const ICONS: Readonly<Record<Words["tone"], LucideIcon>> = {
  good: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
  neutral: CircleHelp,
};
const COLORS: Readonly<Record<Words["tone"], string>> = {
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
  neutral: "text-muted",
};
const WASHES: Readonly<Record<Words["tone"], string>> = {
  good: "bg-good-wash",
  warn: "bg-warn-wash",
  bad: "bg-bad-wash",
  neutral: "bg-hover",
};

/** Whether programs can be run here, what to do when not, and how the last hour was. */
export function StatusPage() {
  const { status, error, refresh } = useServerStatus();
  return (
    <div className="mx-auto w-full max-w-4xl space-y-6 px-4 py-5 pb-16 sm:px-6">
      <h1 className="font-semibold text-xl">Status</h1>
      <Overall status={status} error={error} />
      {error ? <LoadFailure text={error.message} onRetry={refresh} /> : null}
      {status ? <Known status={status} outdated={error !== null} /> : error ? null : <StatusSkeleton />}
    </div>
  );
}

/** A live region that is there from the beginning, so that screen readers tell of every change of it, and of nothing else. */
function Overall({ status, error }: { status: ServerStatus | null; error: ApiError | null }) {
  const words = overallWords(status, error);
  const tone = words?.tone ?? "neutral";
  const Icon = ICONS[tone];
  return (
    <div className={cn("flex min-h-14 items-center gap-3 rounded-lg px-4 py-3", WASHES[tone])}>
      {words ? <Icon aria-hidden="true" className={cn("size-5 shrink-0", COLORS[tone])} /> : null}
      <p role="status" className={cn("font-medium text-lg", COLORS[tone])}>
        {words?.text ?? ""}
      </p>
    </div>
  );
}

function Known({ status, outdated }: { status: ServerStatus; outdated: boolean }) {
  return (
    <>
      {outdated ? (
        <p className="text-base text-muted">What follows is what the server said when it last answered.</p>
      ) : null}
      <Parts parts={status.parts} outdated={outdated} />
      <LastHour status={status} />
      {status.workers ? <Workers workers={status.workers} /> : null}
      {status.versions ? <Versions versions={status.versions} /> : null}
    </>
  );
}

interface PartsProps extends Pick<ServerStatus, "parts"> {
  /** Nothing is said in colour of what may have changed. */
  outdated: boolean;
}

function Parts({ parts, outdated }: PartsProps) {
  return (
    <section aria-labelledby="parts-title" className="space-y-3">
      <h2 id="parts-title" className="font-semibold text-lg">
        Parts
      </h2>
      <Card>
        <ul>
          {parts.map(({ part, state, message }) => {
            const { text, tone: known } = STATE_WORDS[state];
            const tone = outdated ? "neutral" : known;
            const { name, purpose } = PART_WORDS[part];
            const Icon = ICONS[tone];
            return (
              <li
                key={part}
                className="flex items-start gap-3 border-line border-b px-4 py-3 last:border-b-0"
              >
                <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", COLORS[tone])} />
                <div className="min-w-0 flex-1">
                  <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                    <span className="font-medium text-base">{name}</span>
                    <span className={cn("text-sm", COLORS[tone])}>{text}</span>
                  </div>
                  <p className="mt-0.5 break-words text-base text-muted">
                    <MessageText text={message ?? (state === "unknown" ? UNKNOWN : purpose)} />
                  </p>
                </div>
              </li>
            );
          })}
        </ul>
      </Card>
    </section>
  );
}

/** As high as the list that replaces it, so that nothing moves. */
function StatusSkeleton() {
  return (
    <div aria-busy="true" className="space-y-6">
      <p className="sr-only">The status is loading.</p>
      <Skeleton className="h-6 w-24" />
      <Card>
        {Object.keys(PART_WORDS).map((part) => (
          <div key={part} className="h-17.5 space-y-2.5 border-line border-b px-4 py-4 last:border-b-0">
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-3 w-64 max-w-full" />
          </div>
        ))}
      </Card>
    </div>
  );
}

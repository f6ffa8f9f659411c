"use client";

import Link from "next/link";
import { useEffect } from "react";
import useSWR from "swr";
import { type ApiError, call } from "@/lib/client/api";
import { formatAgo } from "@/lib/client/time-text";
import type { RunPage, RunSummary } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { StatusMark } from "../run/facts";
import { runWords } from "../run/status-words";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { CloseButton } from "../ui/dialog";
import { Skeleton } from "../ui/skeleton";
import { useDeleted } from "./run-deletes";
import { durationOf, runName } from "./run-title";

const ROWS = "30";

interface RecentRunsProps {
  /** Changes when the list has to be refreshed. */
  revision: string;
  /** Id of the run whose result is on the page. */
  current: string;
  languages: readonly LanguageInfo[];
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** The latest runs; selecting one restores it into the editor. */
export function RecentRuns({ revision, current, languages, onOpen, onClose }: RecentRunsProps) {
  const { data, error, mutate } = useSWR<RunPage, ApiError>(
    "recent-runs",
    () => call("listRuns", { query: { limit: ROWS } }),
    { shouldRetryOnError: false },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision is the very thing to react to
  useEffect(() => void mutate(), [revision, mutate]);
  const deleted = useDeleted();
  const runs = data?.runs.filter(({ id }) => !deleted.has(id));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
        <h2 className="font-medium text-base">Recent runs</h2>
        <CloseButton label="Close recent runs" onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {runs ? (
          <RecentList runs={runs} current={current} languages={languages} onOpen={onOpen} />
        ) : error ? (
          <div role="alert" className="space-y-3 p-4">
            <p className="text-base text-muted">{error.message}</p>
            <Button size="sm" onClick={() => void mutate()}>
              Try again
            </Button>
          </div>
        ) : (
          <Waiting />
        )}
      </div>
      <Link
        href="/history"
        className="flex h-9 shrink-0 items-center justify-center border-line border-t font-medium text-base text-muted hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px]"
      >
        All runs
      </Link>
    </div>
  );
}

type RecentListProps = Pick<RecentRunsProps, "current" | "languages" | "onOpen"> & {
  runs: readonly RunSummary[];
};

function RecentList({ runs, current, languages, onOpen }: RecentListProps) {
  const now = new Date();
  if (runs.length === 0) {
    return <p className="p-4 text-base text-muted">What you run is kept here.</p>;
  }
  return (
    <ul>
      {runs.map((run) => (
        <li key={run.id} className="border-line border-b">
          <button
            type="button"
            onClick={() => onOpen(run.id)}
            className={cn(
              "block w-full px-4 py-2 text-left hover:bg-hover focus-visible:outline-offset-[-2px]",
              run.id === current && "bg-accent-wash",
            )}
          >
            <span className="sr-only">Bring back </span>
            <span className={cn("block truncate text-base", run.title ? "font-medium" : "font-mono")}>
              {runName(run)}
            </span>
            <span className="mt-0.5 flex items-center gap-2 text-muted text-sm tabular-nums">
              <StatusMark words={runWords(run)} active={run.status === "running"} />
              <span className="truncate">
                {languages.find(({ id }) => id === run.language)?.name ?? run.language}
                {durationOf(run) ? `, ${durationOf(run)}` : ""}
              </span>
              <time dateTime={run.createdAt} className="ml-auto shrink-0">
                {formatAgo(new Date(run.createdAt), now)}
              </time>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="space-y-4 p-4">
      <p className="sr-only">Runs are loading.</p>
      {["w-44", "w-36", "w-52"].map((width) => (
        <div key={width} className="space-y-2">
          <Skeleton className={`h-3 ${width}`} />
          <Skeleton className="h-2.5 w-28" />
        </div>
      ))}
    </div>
  );
}

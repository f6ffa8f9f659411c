"use client";

import { type ReactNode, useMemo } from "react";
import { dayHeading } from "@/lib/client/time-text";
import type { RunList } from "@/lib/client/use-run-list";
import { useMoreWhenNear } from "@/lib/client/use-run-list";
import type { RunSummary } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { Button } from "../ui/button";
import { EmptyHistory, ListFailure, ListSkeleton, NoMatch } from "./history-states";
import { RunRow } from "./run-row";
import type { RowActions } from "./use-row-actions";

interface RunListViewProps {
  list: RunList;
  /** The list without runs that are being deleted. */
  runs: readonly RunSummary[] | null;
  filtered: boolean;
  languages: readonly LanguageInfo[];
  now: Date;
  selected: readonly string[];
  actions: RowActions;
  onClearFilters: () => void;
}

/** The runs grouped by day, or an empty, loading or error state. */
export function RunListView(props: RunListViewProps) {
  const { list, runs, filtered } = props;
  const end = useMoreWhenNear(list);
  const days = useMemo(() => byDay(runs ?? [], props.now), [runs, props.now]);
  if (runs === null) {
    return (
      <Card>{list.error ? <ListFailure error={list.error} onRetry={list.refresh} /> : <ListSkeleton />}</Card>
    );
  }
  const isEmpty = runs.length === 0 && list.ended;
  return (
    <>
      {days.map((day) => (
        <section key={day.heading} aria-label={day.heading}>
          <h2 className="mb-1.5 font-medium text-muted text-sm">{day.heading}</h2>
          <Card>
            <ul>
              {day.runs.map((run) => (
                <RunRow
                  key={run.id}
                  run={run}
                  language={props.languages.find(({ id }) => id === run.language) ?? null}
                  now={props.now}
                  selected={props.selected.includes(run.id)}
                  actions={props.actions}
                />
              ))}
            </ul>
          </Card>
        </section>
      ))}
      {isEmpty ? (
        <Card>{filtered ? <NoMatch onClear={props.onClearFilters} /> : <EmptyHistory />}</Card>
      ) : null}
      {list.error ? (
        <Card>
          <ListFailure error={list.error} onRetry={list.refresh} />
        </Card>
      ) : (
        <div ref={end}>{list.ended ? null : <More list={list} />}</div>
      )}
    </>
  );
}

/** The next page loads on scrolling; the button is the fallback without an IntersectionObserver event. */
function More({ list }: { list: RunList }) {
  if (list.loading) {
    return (
      <Card>
        <ListSkeleton rows={2} />
      </Card>
    );
  }
  return (
    <div className="flex justify-center">
      <Button onClick={list.more}>Show more</Button>
    </div>
  );
}

function Card({ children }: { children: ReactNode }) {
  return <div className="rounded-lg border border-line bg-surface">{children}</div>;
}

function byDay(runs: readonly RunSummary[], now: Date): { heading: string; runs: RunSummary[] }[] {
  const days: { heading: string; runs: RunSummary[] }[] = [];
  for (const run of runs) {
    const heading = dayHeading(new Date(run.createdAt), now);
    const last = days.at(-1);
    if (last?.heading === heading) last.runs.push(run);
    else days.push({ heading, runs: [run] });
  }
  return days;
}

"use client";

import { useEffect, useMemo } from "react";
import useSWR from "swr";
import { call } from "@/lib/client/api";
import { formatDuration } from "@/lib/client/format";
import type { Statistics } from "@/lib/schemas/history";
import type { Series } from "./chart";
import { dayName, Figure, FigureSkeleton, FigureTable, formatCount, toTimes } from "./figure";

const DAYS = "30";
type Day = Statistics["days"][number];

/** The figures of the last thirty days: `undefined` while they load, `null` where there is nothing to draw or they cannot be had. */
export function useStatistics(revision: string): Statistics | null | undefined {
  const { data, error, mutate } = useSWR("statistics", () => call("statistics", { query: { days: DAYS } }), {
    shouldRetryOnError: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another newest run is what makes the figures old
  useEffect(() => void mutate(), [revision, mutate]);
  return error || data?.runs === 0 ? null : data;
}

/** Charts of the last thirty days, or what holds their place. */
export function Activity({ statistics }: { statistics: Statistics | undefined }) {
  return (
    // On phones the charts scroll sideways; stacked they would push the list off the screen.
    <section
      aria-label="The last 30 days"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      className="grid snap-x snap-mandatory auto-cols-[88%] grid-flow-col gap-3 overflow-x-auto rounded-lg md:auto-cols-fr md:gap-4 md:overflow-visible"
    >
      {statistics ? (
        <Figures statistics={statistics} />
      ) : (
        <>
          <FigureSkeleton />
          <FigureSkeleton />
        </>
      )}
    </section>
  );
}

function Figures({ statistics }: { statistics: Statistics }) {
  const { days } = statistics;
  const charts = useMemo(() => toCharts(days), [days]);
  const times = useMemo(() => toTimes(days), [days]);
  return (
    <>
      <Figure
        title="Runs per day"
        summary={`${statistics.runs} in 30 days, ${statistics.succeeded} succeeded`}
        describe={(index) => dayText(days[index], runsText)}
        times={times}
        table={<RunsTable days={days} />}
        series={charts.runs}
        format={formatCount}
      />
      <Figure
        title="Durations"
        summary="average and slowest of each day"
        describe={(index) => dayText(days[index], durationsText)}
        times={times}
        table={<DurationsTable days={days} />}
        series={charts.durations}
        format={formatAxis}
      />
    </>
  );
}

function dayText(day: Day | undefined, words: (day: Day) => string): string {
  return day ? `${dayName(day.day)}: ${words(day)}` : "";
}

function runsText({ runs, succeeded }: Day): string {
  return `${runs} ${runs === 1 ? "run" : "runs"}, ${succeeded} succeeded`;
}

function durationsText({ averageMs, slowestMs }: Day): string {
  return averageMs === null || slowestMs === null
    ? "no run ended"
    : `average ${formatDuration(averageMs)}, slowest ${formatDuration(slowestMs)}`;
}

function toCharts(days: readonly Day[]): { runs: Series[]; durations: Series[] } {
  return {
    runs: [{ values: days.map(({ runs }) => runs), color: "accent", bars: true }],
    durations: [
      { values: days.map(({ slowestMs }) => slowestMs), color: "line-strong" },
      { values: days.map(({ averageMs }) => averageMs), color: "accent-ink" },
    ],
  };
}

function formatAxis(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${Number(ms.toFixed(1))} ms`;
}

function RunsTable({ days }: { days: readonly Day[] }) {
  return (
    <FigureTable caption="Runs per day, days without runs left out" columns={["Day", "Runs", "Succeeded"]}>
      {days
        .filter(({ runs }) => runs > 0)
        .map((day) => (
          <tr key={day.day}>
            <th scope="row">{dayName(day.day)}</th>
            <td>{day.runs}</td>
            <td>{day.succeeded}</td>
          </tr>
        ))}
    </FigureTable>
  );
}

function DurationsTable({ days }: { days: readonly Day[] }) {
  return (
    <FigureTable
      caption="Durations per day, days without runs left out"
      columns={["Day", "Average", "Slowest"]}
    >
      {days.map(({ day, averageMs, slowestMs }) =>
        averageMs === null || slowestMs === null ? null : (
          <tr key={day}>
            <th scope="row">{dayName(day)}</th>
            <td>{formatDuration(averageMs)}</td>
            <td>{formatDuration(slowestMs)}</td>
          </tr>
        ),
      )}
    </FigureTable>
  );
}

"use client";

import { type ReactNode, useEffect, useMemo, useState } from "react";
import useSWR from "swr";
import { call } from "@/lib/client/api";
import { formatDuration } from "@/lib/client/format";
import type { Statistics } from "@/lib/schemas/history";
import { Skeleton } from "../ui/skeleton";
import { Chart, type Series } from "./chart";

const DAYS = "30";
type Day = Statistics["days"][number];

/** The last thirty days at a glance. Without any run there is nothing to see, and without an answer nothing is lost. */
export function Activity({ revision }: { revision: string }) {
  const { data, error, mutate } = useSWR("statistics", () => call("statistics", { query: { days: DAYS } }), {
    shouldRetryOnError: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another newest run is what makes the figures old
  useEffect(() => void mutate(), [revision, mutate]);
  if (error || data?.runs === 0) return null;
  return (
    // On telephones the two stand in a row to be moved through: below each other they would push the list off the page.
    <section
      aria-label="The last 30 days"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      className="grid snap-x snap-mandatory auto-cols-[88%] grid-flow-col gap-3 overflow-x-auto rounded-lg md:auto-cols-fr md:gap-4 md:overflow-visible"
    >
      {data ? <Figures statistics={data} /> : <Waiting />}
    </section>
  );
}

function Waiting() {
  return ["runs", "durations"].map((name) => (
    <div key={name} className="snap-start rounded-lg border border-line bg-surface p-4">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="mt-3 h-30 w-full" />
    </div>
  ));
}

function Figures({ statistics }: { statistics: Statistics }) {
  const { days } = statistics;
  const charts = useMemo(() => toCharts(days), [days]);
  return (
    <>
      <Figure
        title="Runs per day"
        summary={`${statistics.runs} in 30 days, ${statistics.succeeded} succeeded`}
        at={(day) => `${day.runs} ${day.runs === 1 ? "run" : "runs"}, ${day.succeeded} succeeded`}
        days={days}
        table={<RunsTable days={days} />}
        series={charts.runs}
        format={formatCount}
      />
      <Figure
        title="Durations"
        summary="average and slowest of each day"
        at={(day) =>
          day.averageMs === null || day.slowestMs === null
            ? "no run ended"
            : `average ${formatDuration(day.averageMs)}, slowest ${formatDuration(day.slowestMs)}`
        }
        days={days}
        table={<DurationsTable days={days} />}
        series={charts.durations}
        format={formatAxis}
      />
    </>
  );
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

function formatCount(value: number): string {
  return Number.isInteger(value) ? String(value) : "";
}

function formatAxis(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${Number(ms.toFixed(1))} ms`;
}

interface FigureProps {
  title: string;
  summary: string;
  at: (day: Day) => string;
  days: readonly Day[];
  /** The same figures for those who do not see the chart. */
  table: ReactNode;
  series: readonly Series[];
  format: (value: number) => string;
}

function Figure({ title, summary, at, days, table, series, format }: FigureProps) {
  const [point, setPoint] = useState<number | null>(null);
  const times = useMemo(() => days.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 1000), [days]);
  const day = point === null ? undefined : days[point];
  return (
    <figure className="relative min-w-0 snap-start rounded-lg border border-line bg-surface p-4 pb-2">
      <figcaption className="flex items-baseline justify-between gap-3">
        <span className="shrink-0 font-medium text-base">{title}</span>
        <span className="min-w-0 truncate text-faint text-sm tabular-nums">
          {day ? `${dayName(day.day)}: ${at(day)}` : summary}
        </span>
      </figcaption>
      <div className="-ml-2 mt-2">
        <Chart times={times} series={series} format={format} onPoint={setPoint} />
      </div>
      {table}
    </figure>
  );
}

function RunsTable({ days }: { days: readonly Day[] }) {
  return (
    <DayTable caption="Runs per day" columns={["Runs", "Succeeded"]}>
      {days
        .filter(({ runs }) => runs > 0)
        .map((day) => (
          <tr key={day.day}>
            <th scope="row">{dayName(day.day)}</th>
            <td>{day.runs}</td>
            <td>{day.succeeded}</td>
          </tr>
        ))}
    </DayTable>
  );
}

function DurationsTable({ days }: { days: readonly Day[] }) {
  return (
    <DayTable caption="Durations per day" columns={["Average", "Slowest"]}>
      {days.map(({ day, averageMs, slowestMs }) =>
        averageMs === null || slowestMs === null ? null : (
          <tr key={day}>
            <th scope="row">{dayName(day)}</th>
            <td>{formatDuration(averageMs)}</td>
            <td>{formatDuration(slowestMs)}</td>
          </tr>
        ),
      )}
    </DayTable>
  );
}

interface DayTableProps {
  caption: string;
  columns: readonly string[];
  children: ReactNode;
}

/** Days without runs are left out: thirty lines of nothing are no use to anyone who listens. */
function DayTable({ caption, columns, children }: DayTableProps) {
  return (
    <table className="sr-only">
      <caption>{caption}, days without runs left out</caption>
      <thead>
        <tr>
          {["Day", ...columns].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
  });
}

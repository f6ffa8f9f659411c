"use client";

import { type ReactNode, useState } from "react";
import { Skeleton } from "../ui/skeleton";
import { Chart, type Series } from "./chart";

interface FigureProps {
  title: string;
  summary: string;
  /** Text for the value under the pointer. */
  describe: (index: number) => string;
  /** Seconds since 1970, one for each value, `stepS` apart (default: a day). */
  times: readonly number[];
  stepS?: number;
  /** The same data as a table, for screen readers. */
  table: ReactNode;
  series: readonly Series[];
  format: (value: number) => string;
}

const FRAME = "relative min-w-0 snap-start rounded-lg border border-line bg-surface p-4 pb-2";
const HEAD = "flex h-5 items-baseline justify-between gap-3";

/** As high as a figure, in its place while its data load. */
export function FigureSkeleton() {
  return (
    <div className={FRAME}>
      <div className={HEAD}>
        <Skeleton className="h-4 w-32 self-center" />
      </div>
      <Skeleton className="mt-2 h-30 w-full" />
    </div>
  );
}

/** A framed chart with title and summary. */
export function Figure({ title, summary, describe, table, ...chart }: FigureProps) {
  const [point, setPoint] = useState<number | null>(null);
  return (
    <figure className={FRAME}>
      <figcaption className={HEAD}>
        <span className="shrink-0 font-medium text-base">{title}</span>
        <span className="min-w-0 truncate text-faint text-sm tabular-nums">
          {(point !== null && describe(point)) || summary}
        </span>
      </figcaption>
      <div className="-ml-2 mt-2">
        <Chart {...chart} onPoint={setPoint} />
      </div>
      {table}
    </figure>
  );
}

interface FigureTableProps {
  caption: string;
  columns: readonly string[];
  children: ReactNode;
}

/** The chart's data for screen readers. Callers omit empty rows: thirty of them are no help. */
export function FigureTable({ caption, columns, children }: FigureTableProps) {
  return (
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
  });
}

export function toTimes(days: readonly { day: string }[]): number[] {
  return days.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 1000);
}

/** Axis labels of counts: only whole numbers. */
export function formatCount(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en") : "";
}

"use client";

import { useMemo } from "react";
import type { UsageReport } from "@/lib/schemas/history";
import { dayName, Figure, FigureSkeleton, FigureTable, formatCount, toTimes } from "../history/figure";

type Days = UsageReport["days"];

const DAYS = 30;
const DAY_MS = 86_400_000;

/** Runs that counted towards the quota, by day, including those deleted since. */
export function UsageChart({ days }: { days: Days | null }) {
  return days === null ? <FigureSkeleton /> : <Drawn days={days} />;
}

function Drawn({ days }: { days: Days }) {
  const all = useMemo(() => everyDay(days, new Date()), [days]);
  const times = useMemo(() => toTimes(all), [all]);
  const series = useMemo(() => [{ values: all.map(({ runs }) => runs), color: "accent", bars: true }], [all]);
  const total = all.reduce((sum, { runs }) => sum + runs, 0);
  return (
    <Figure
      title="Last 30 days"
      summary={`${total.toLocaleString("en")} ${total === 1 ? "run" : "runs"} in all`}
      describe={(index) => words(all[index])}
      times={times}
      series={series}
      format={formatCount}
      table={
        <FigureTable caption="Counted runs per day, days without runs left out" columns={["Day", "Runs"]}>
          {all
            .filter(({ runs }) => runs > 0)
            .map(({ day, runs }) => (
              <tr key={day}>
                <th scope="row">{dayName(day)}</th>
                <td>{runs}</td>
              </tr>
            ))}
        </FigureTable>
      }
    />
  );
}

function words(day: Days[number] | undefined): string {
  return day
    ? `${dayName(day.day)}: ${day.runs.toLocaleString("en")} ${day.runs === 1 ? "run" : "runs"}`
    : "";
}

/** The API omits days without runs; the chart needs every day. */
function everyDay(days: Days, now: Date): Days {
  const runs = new Map(days.map((day) => [day.day, day.runs]));
  const last = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(last - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return { day, runs: runs.get(day) ?? 0 };
  });
}

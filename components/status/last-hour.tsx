"use client";

import { type ReactNode, useMemo } from "react";
import { formatDuration } from "@/lib/client/format";
import type { MinuteFigures, ServerStatus, Spread } from "@/lib/schemas/status";
import { Figure, FigureTable, formatCount } from "../history/figure";
import { Meter } from "../ui/meter";

const MINUTE_S = 60;

/** What runs and waits now, and the runs of the last hour by minute. */
export function LastHour({ status }: { status: ServerStatus }) {
  const { sandboxes, queue, hour, minutes } = status;
  return (
    <section aria-labelledby="hour-title" className="space-y-3">
      <h2 id="hour-title" className="font-semibold text-lg">
        Now, and the last hour
      </h2>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          name="Running now"
          value={count(queue.running)}
          rest={` of at most ${count(queue.concurrency)}`}
        />
        <Stat name="Waiting" value={count(queue.waiting)} rest={` of at most ${count(queue.limit)}`}>
          <Meter
            label="Waiting runs"
            value={queue.waiting}
            max={Math.max(1, queue.limit)}
            text={`${queue.waiting} of ${queue.limit}`}
          />
        </Stat>
        <Stat name="Warm sandboxes" value={count(sandboxes.warm)} rest=" ready" />
        <Stat name="Runs in this hour" value={count(hour.runs)} rest={` ${faults(hour.failed)}`} />
      </dl>
      <Charts minutes={minutes} hour={hour} />
    </section>
  );
}

interface StatProps {
  name: string;
  value: string;
  rest: string;
  children?: ReactNode;
}

function Stat({ name, value, rest, children }: StatProps) {
  return (
    <div className="rounded-lg border border-line bg-surface p-4">
      <dt className="text-base text-muted">{name}</dt>
      <dd className="mt-1">
        <span className="font-semibold text-2xl tabular-nums leading-8">{value}</span>
        <span className="text-faint text-sm">{rest}</span>
        {children ? <div className="mt-1.5">{children}</div> : null}
      </dd>
    </div>
  );
}

function Charts({ minutes, hour }: Pick<ServerStatus, "minutes" | "hour">) {
  // The page asks every few seconds, mostly for the same figures; charts are made anew only when they change.
  const text = JSON.stringify(minutes);
  const drawn = useMemo(() => toCharts(JSON.parse(text) as MinuteFigures[]), [text]);
  if (hour.runs === 0) {
    return (
      <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-base text-muted">
        No run has ended in the last hour, or since the server was started.
      </p>
    );
  }
  const describe = (words: (minute: MinuteFigures) => string) => (index: number) => {
    const minute = minutes[index];
    return minute ? `${clock(minute.at)}: ${words(minute)}` : "";
  };
  const chart = { times: drawn.times, stepS: MINUTE_S };
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <div className="min-w-0 md:col-span-2">
        <Figure
          {...chart}
          title="Runs per minute"
          summary={`${runs(hour.runs)}, ${faults(hour.failed)}`}
          describe={describe((minute) => `${runs(minute.runs)}, ${faults(minute.failed)}`)}
          series={drawn.runs}
          format={formatCount}
          table={<MinuteTable minutes={minutes} />}
        />
      </div>
      <Figure
        {...chart}
        title="Until a program starts"
        summary={spread(hour.wait)}
        describe={describe(({ wait }) => spread(wait))}
        series={drawn.wait}
        format={formatAxis}
        table={null}
      />
      <Figure
        {...chart}
        title="Until its result is there"
        summary={spread(hour.total)}
        describe={describe(({ total }) => spread(total))}
        series={drawn.total}
        format={formatAxis}
        table={null}
      />
    </div>
  );
}

/** All three charts for screen readers, in one table. */
function MinuteTable({ minutes }: { minutes: readonly MinuteFigures[] }) {
  return (
    <FigureTable
      caption="Runs of the last hour, minutes without runs left out"
      columns={[
        "Minute",
        "Runs",
        "Faults of the server",
        "Until a program starts",
        "Until its result is there",
      ]}
    >
      {minutes
        .filter((minute) => minute.runs > 0)
        .map((minute) => (
          <tr key={minute.at}>
            <th scope="row">{clock(minute.at)}</th>
            <td>{minute.runs}</td>
            <td>{minute.failed}</td>
            <td>{spread(minute.wait)}</td>
            <td>{spread(minute.total)}</td>
          </tr>
        ))}
    </FigureTable>
  );
}

function toCharts(minutes: readonly MinuteFigures[]) {
  const lines = (of: (minute: MinuteFigures) => Spread | null) => [
    { values: minutes.map((minute) => of(minute)?.p95 ?? null), color: "line-strong" },
    { values: minutes.map((minute) => of(minute)?.p50 ?? null), color: "accent-ink" },
  ];
  return {
    times: minutes.map(({ at }) => Date.parse(at) / 1_000),
    runs: [
      { values: minutes.map((minute) => minute.runs), color: "accent", bars: true },
      // Drawn over the lower part of the bar of all runs.
      { values: minutes.map(({ failed }) => (failed === 0 ? null : failed)), color: "bad", bars: true },
    ],
    wait: lines(({ wait }) => wait),
    total: lines(({ total }) => total),
  };
}

function spread(of: Spread | null): string {
  return of ? `half in ${formatDuration(of.p50)}, 95 % in ${formatDuration(of.p95)}` : "no run";
}

function runs(number: number): string {
  return `${count(number)} ${number === 1 ? "run" : "runs"}`;
}

/** A program that fails is none of them. */
function faults(number: number): string {
  if (number === 0) return "no server errors";
  return `${count(number)} server ${number === 1 ? "error" : "errors"}`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function formatAxis(ms: number): string {
  return ms >= 1_000 ? `${Number((ms / 1_000).toFixed(1))} s` : `${Number(ms.toFixed(1))} ms`;
}

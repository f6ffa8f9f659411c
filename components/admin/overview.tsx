"use client";

import { Container, type LucideIcon, Play, UsersRound } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { AdminOverview } from "@/lib/schemas/admin";
import { Figure, FigureTable, formatCount } from "../history/figure";
import { Card } from "../ui/card";
import { Meter } from "../ui/meter";
import { Skeleton } from "../ui/skeleton";

interface OverviewProps {
  overview: AdminOverview | null;
  /** The last request failed, so the figures are outdated. */
  stale: boolean;
}

/** Load now and over the last two days. */
export function Overview({ overview, stale }: OverviewProps) {
  if (overview === null) return <OverviewSkeleton />;
  const { users, sandboxes, queue, hours } = overview;
  return (
    <section aria-label="Overview" className="space-y-3">
      {stale ? (
        <p role="status" className="rounded-md bg-warn-wash px-3 py-2 text-base text-warn">
          The server does not answer; these figures are from before.
        </p>
      ) : null}
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat icon={UsersRound} name="Accounts" value={count(users)} />
        <Stat icon={Play} name="Running now" value={count(queue.running)} />
        <Stat
          name="Waiting"
          value={count(queue.waiting)}
          rest={` of at most ${count(queue.limit)}`}
          more={
            <Meter
              label="Waiting runs"
              value={queue.waiting}
              max={queue.limit}
              text={`${queue.waiting} of ${queue.limit}`}
            />
          }
        />
        <Stat
          icon={Container}
          name="Warm sandboxes"
          value={count(sandboxes.warm)}
          rest={` ready${sandboxes.engine === null ? "" : ` · Docker ${sandboxes.engine}`}`}
        />
      </dl>
      <Hours hours={hours} />
    </section>
  );
}

interface StatProps {
  icon?: LucideIcon;
  name: string;
  value: string;
  rest?: string;
  more?: ReactNode;
}

function Stat({ icon: Icon, name, value, rest, more }: StatProps) {
  return (
    <div className="rounded-lg border border-line bg-surface p-4">
      <dt className="flex items-center justify-between text-base text-muted">
        {name}
        {Icon ? <Icon aria-hidden="true" className="size-4 text-faint" /> : null}
      </dt>
      <dd className="mt-1">
        <span className="font-semibold text-2xl tabular-nums leading-8">{value}</span>
        {rest ? <span className="text-faint text-sm">{rest}</span> : null}
        {more ? <div className="mt-1.5">{more}</div> : null}
      </dd>
    </div>
  );
}

const HOUR_S = 3_600;
type Hours = AdminOverview["hours"];

function Hours({ hours }: { hours: Hours }) {
  // Polling mostly returns the same figures; the chart is rebuilt only when they change.
  const text = JSON.stringify(hours);
  const drawn = useMemo(() => toChart(JSON.parse(text) as Hours), [text]);
  const runs = hours.reduce((sum, hour) => sum + hour.runs, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <Figure
      title="Runs per hour"
      summary={`${count(runs)} in 48 hours, ${systemErrors(failed)}`}
      describe={(index) => hourText(hours[index])}
      times={drawn.times}
      stepS={HOUR_S}
      series={drawn.series}
      format={formatCount}
      table={
        <FigureTable
          caption="Runs per hour, hours without runs left out"
          columns={["Hour", "Runs", "System errors"]}
        >
          {hours
            .filter((hour) => hour.runs > 0)
            .map((hour) => (
              <tr key={hour.hour}>
                <th scope="row">{hourName(hour.hour)}</th>
                <td>{hour.runs}</td>
                <td>{hour.failed}</td>
              </tr>
            ))}
        </FigureTable>
      }
    />
  );
}

/** Only system errors count: a failing user program is not a failure of the server. */
function systemErrors(failed: number): string {
  return `${count(failed)} ${failed === 1 ? "system error" : "system errors"}`;
}

/** System errors are drawn over the lower part of the bar of all runs. */
function toChart(hours: Hours) {
  return {
    times: hours.map(({ hour }) => hourStart(hour).getTime() / 1000),
    series: [
      { values: hours.map(({ runs }) => runs), color: "accent", bars: true },
      { values: hours.map(({ failed }) => (failed === 0 ? null : failed)), color: "bad", bars: true },
    ],
  };
}

function hourText(hour: Hours[number] | undefined): string {
  if (!hour) return "";
  return `${hourName(hour.hour)}: ${count(hour.runs)} ${hour.runs === 1 ? "run" : "runs"}, ${systemErrors(hour.failed)}`;
}

/** The API writes an hour as `2026-11-23T16`, in UTC. */
function hourStart(hour: string): Date {
  return new Date(`${hour.slice(0, 13)}:00:00Z`);
}

function hourName(hour: string): string {
  return hourStart(hour).toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function OverviewSkeleton() {
  return (
    <div aria-busy="true" className="space-y-3">
      <p className="sr-only">The figures are loading.</p>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["users", "running", "waiting", "warm"].map((name) => (
          <Card key={name} className="h-22 p-4">
            <Skeleton className="h-3 w-20" />
            <Skeleton className="mt-4 h-5 w-12" />
          </Card>
        ))}
      </div>
      <Card className="p-4">
        <Skeleton className="h-4 w-32" />
        <Skeleton className="mt-3 h-30 w-full" />
      </Card>
    </div>
  );
}

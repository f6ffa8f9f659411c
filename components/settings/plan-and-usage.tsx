"use client";

import useSWR from "swr";
import { type ApiError, call } from "@/lib/client/api";
import { formatBytes } from "@/lib/client/format";
import { formatUpcoming } from "@/lib/client/time-text";
import type { Account } from "@/lib/schemas/account";
import type { UsageReport } from "@/lib/schemas/history";
import { planName } from "../account/plan-name";
import { LoadFailure, Section } from "../section";
import { Card } from "../ui/card";
import { Meter } from "../ui/meter";
import { Loading } from "../ui/skeleton";
import { KeptRuns } from "./kept-runs";
import { UsageChart } from "./usage-chart";

type Plan = Account["plan"];

/** The viewer's plan and today's usage. */
export function PlanAndUsage({ account: { plan, user } }: { account: Account }) {
  // The same SWR key as `useUsage`, so that one request serves the page.
  const { data, error, mutate } = useSWR<UsageReport, ApiError>(
    ["usage", user?.id ?? ""],
    () => call("usage"),
    { shouldRetryOnError: false },
  );
  return (
    <Section
      id="plan"
      title="Plan and usage"
      description={
        <>
          You are on the <strong className="font-medium text-ink">{planName(plan.id)}</strong>
          {plan.id === "guest" ? " plan, which takes no account." : "."}
        </>
      }
    >
      {error ? (
        <LoadFailure text={error.message} onRetry={() => void mutate()} />
      ) : (
        <>
          <TodayUsage usage={data ?? null} />
          <KeptRuns kept={data?.kept ?? null} />
          <UsageChart days={data?.days ?? null} />
        </>
      )}
      <Limits plan={plan} />
    </Section>
  );
}

/** As long as the real ones, so that nothing moves when they come. */
const UNKNOWN = { used: 0, limit: 1000, remaining: 1000, resetsAt: "2026-01-01T00:00:00Z" };

function TodayUsage({ usage }: { usage: UsageReport | null }) {
  const { used, limit, remaining, resetsAt } = usage ?? UNKNOWN;
  const text = `${count(used)} of ${count(limit)} runs`;
  return (
    <Card className="p-4">
      <Loading loading={usage === null}>
        <div className="flex items-baseline justify-between gap-3">
          <h3 className="font-medium text-base">Runs today</h3>
          <p className="text-base tabular-nums">
            <strong className="font-semibold">{count(used)}</strong>
            <span className="text-muted"> of {count(limit)}</span>
          </p>
        </div>
        <div className="mt-2.5 mb-2">
          <Meter label="Runs today" value={used} max={limit} text={text} />
        </div>
        <p className="text-muted text-sm">
          {remaining === 0 ? "None left" : `${count(remaining)} left`}; the count starts again{" "}
          <time dateTime={resetsAt}>{resetTime(resetsAt)}</time>.
        </p>
      </Loading>
    </Card>
  );
}

/** In the viewer's time zone: the quota's day ends at midnight UTC. */
function resetTime(iso: string): string {
  const coming = formatUpcoming(new Date(iso), new Date());
  return /^\d/.test(coming) ? `at ${coming}` : coming;
}

function Limits({ plan }: { plan: Plan }) {
  const facts: readonly [name: string, value: string][] = [
    ["Runs a day", count(plan.runsPerDay)],
    ["Runs a minute", count(plan.runsPerMinute)],
    ["Runs at once", count(plan.parallelRuns)],
    ["Memory", formatBytes(plan.memoryBytes)],
    ["Processor", `${plan.cpus} CPU`],
    ["Time", `${plan.timeoutMs / 1000} s`],
    ["Runs are kept", plan.retentionDays === null ? "for good" : days(plan.retentionDays)],
    ["Languages", plan.languages === "*" ? "all" : plan.languages.join(", ")],
    ["API keys", plan.features.includes("keys") ? "yes" : "no"],
  ];
  return (
    <Card className="overflow-hidden">
      <h3 className="px-4 pt-3.5 pb-3 font-medium text-base">What the plan allows</h3>
      <dl className="grid grid-cols-2 gap-px border-line border-t bg-line sm:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name} className="bg-surface px-4 py-2.5 last:max-sm:col-span-2">
            <dt className="text-muted text-sm">{name}</dt>
            <dd className="font-medium text-base tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function days(number: number): string {
  return number === 1 ? "1 day" : `${number} days`;
}

"use client";

import Link from "next/link";
import { useState } from "react";
import useSWR from "swr";
import { type ApiError, call } from "@/lib/client/api";
import { formatDateTime } from "@/lib/client/local-time";
import type { DeliveryAttempt, DeliveryView } from "@/lib/schemas/webhook";
import { Button } from "../ui/button";

/** What a webhook was told, and how each attempt went. Asked for when it is opened. */
export function WebhookDeliveries({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-1" onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary className="touch-target cursor-pointer text-base text-muted">Deliveries</summary>
      {open ? <Deliveries id={id} /> : null}
    </details>
  );
}

function Deliveries({ id }: { id: string }) {
  const { data, error, mutate } = useSWR<{ deliveries: DeliveryView[] }, ApiError>(
    `webhook deliveries ${id}`,
    () => call("webhookDeliveries", { params: { id } }),
    { shouldRetryOnError: false },
  );
  if (error && !data) return <p className="mt-2 text-bad text-base">{error.message}</p>;
  if (!data) return <p className="mt-2 text-base text-muted">Loading…</p>;
  if (data.deliveries.length === 0)
    return <p className="mt-2 text-base text-muted">None in the last 7 days.</p>;
  return (
    <div className="mt-2 space-y-2">
      <ul className="space-y-2">
        {data.deliveries.map((delivery) => (
          <li key={delivery.id} className="rounded-md border border-line bg-sunken px-3 py-2 text-base">
            <Link
              href={`/r/${delivery.run}`}
              prefetch={false}
              className="rounded-sm font-mono text-accent-ink underline hover:text-ink"
            >
              {delivery.run}
            </Link>{" "}
            {stateText(delivery)}
            <ol className="mt-1 text-muted text-sm tabular-nums">
              {delivery.attempts.map((attempt) => (
                <li key={attempt.at}>
                  {formatDateTime(attempt.at)}: {attemptText(attempt)}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
      <Button size="sm" onClick={() => void mutate().catch(() => undefined)}>
        Refresh
      </Button>
    </div>
  );
}

function stateText({ status, nextAt }: DeliveryView): string {
  if (status === "delivered") return "was delivered";
  if (status === "failed" || nextAt === null) return "was given up";
  return `is tried next at ${formatDateTime(nextAt)}`;
}

function attemptText({ httpStatus, problem, durationMs }: DeliveryAttempt): string {
  return `${problem ?? `${httpStatus}, taken`} (${Math.round(durationMs)} ms)`;
}

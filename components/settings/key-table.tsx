"use client";

import type { ReactNode } from "react";
import { formatDate, formatDateTime } from "@/lib/client/local-time";
import { formatAgo } from "@/lib/client/time-text";
import type { ApiKeyView, KeyScope } from "@/lib/schemas/account";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";

export const SCOPE_WORDS: Readonly<Record<KeyScope, { label: string; meaning: string }>> = {
  run: { label: "Run", meaning: "Run programs, stop them, name, share and delete runs" },
  read: { label: "Read", meaning: "See runs, their output, files and statistics" },
};

interface KeyTableProps {
  keys: readonly ApiKeyView[];
  onRevoke: (key: ApiKeyView) => void;
}

/** A table of keys; on narrow windows each key is a block. */
export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  const now = new Date();
  return (
    <Card className="overflow-hidden">
      <table className="w-full text-left text-base max-sm:block">
        <thead className="border-line border-b bg-sunken text-muted text-sm max-sm:sr-only">
          <tr>
            {["Name", "Scopes", "Created", "Last used", "Expires"].map((name) => (
              <th key={name} scope="col" className="whitespace-nowrap px-3 py-2 font-medium first:pl-4">
                {name}
              </th>
            ))}
            <th scope="col" className="py-2 pr-4 pl-3">
              <span className="sr-only">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {keys.map((key) => (
            <tr
              key={key.id}
              className="border-line border-b last:border-b-0 max-sm:relative max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-2 max-sm:p-4"
            >
              <th
                scope="row"
                className="py-2.5 pr-3 pl-4 font-normal max-sm:col-span-2 max-sm:p-0 max-sm:pr-20 sm:max-w-56"
              >
                <span className="block truncate font-medium">{key.name}</span>
                <span className="font-mono text-muted text-sm">{key.hint}…</span>
                <OwnLimits apiKey={key} />
              </th>
              <Cell label="Scopes">{key.scopes.map((scope) => SCOPE_WORDS[scope].label).join(", ")}</Cell>
              <Cell label="Created" title={formatDateTime(key.createdAt)}>
                {formatDate(key.createdAt)}
              </Cell>
              <Cell label="Last used" {...(key.lastUsedAt && { title: formatDateTime(key.lastUsedAt) })}>
                {key.lastUsedAt ? lastUse(key.lastUsedAt, now) : "never"}
              </Cell>
              <Cell label="Expires">
                <Expiry at={key.expiresAt} now={now} />
              </Cell>
              <td className="py-2.5 pr-4 pl-3 text-right max-sm:absolute max-sm:top-4 max-sm:right-4 max-sm:p-0">
                <Button size="sm" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function OwnLimits({ apiKey: { requestsPerMinute, runsPerDay } }: { apiKey: ApiKeyView }) {
  const limits = [
    requestsPerMinute === null ? [] : `${counted(requestsPerMinute, "request")} a minute`,
    runsPerDay === null ? [] : `${counted(runsPerDay, "run")} a day`,
  ].flat();
  if (limits.length === 0) return null;
  return <span className="block text-muted text-sm">At most {limits.join(", ")}</span>;
}

function counted(amount: number, what: string): string {
  return `${amount.toLocaleString("en")} ${what}${amount === 1 ? "" : "s"}`;
}

function Cell({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
  return (
    <td title={title} className="whitespace-nowrap px-3 py-2.5 text-muted tabular-nums max-sm:p-0">
      <span aria-hidden="true" className="block text-faint text-sm sm:hidden">
        {label}
      </span>
      {children}
    </td>
  );
}

const DAY_MS = 86_400_000;
const SOON_MS = 7 * DAY_MS;

function Expiry({ at, now }: { at: string | null; now: Date }) {
  if (at === null) return "never";
  const leftMs = new Date(at).getTime() - now.getTime();
  const word = leftMs <= 0 ? "expired" : leftMs < SOON_MS ? `in ${wait(leftMs)}` : formatDate(at);
  return (
    <span
      className={cn(leftMs <= 0 ? "text-bad" : leftMs < SOON_MS && "text-warn")}
      title={formatDateTime(at)}
    >
      {word}
    </span>
  );
}

function wait(ms: number): string {
  const days = Math.ceil(ms / DAY_MS);
  return days === 1 ? "a day" : `${days} days`;
}

function lastUse(iso: string, now: Date): string {
  const then = new Date(iso);
  return now.getTime() - then.getTime() < DAY_MS ? formatAgo(then, now) : formatDate(iso);
}

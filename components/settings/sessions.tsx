"use client";

import { LogOut, MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import useSWR from "swr";
import { ApiError, call } from "@/lib/client/api";
import { formatDate, formatDateTime } from "@/lib/client/local-time";
import { formatAgo } from "@/lib/client/time-text";
import { toast } from "@/lib/client/toast";
import type { SessionView } from "@/lib/schemas/account";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { ConfirmDialog } from "../ui/confirm-dialog";

/** Where the viewer is signed in, with the means to end each. */
export function Sessions() {
  const [asking, setAsking] = useState(false);
  const { data, error, mutate } = useSWR<{ sessions: SessionView[] }, ApiError>(
    "sessions",
    () => call("listSessions"),
    { shouldRetryOnError: false },
  );
  const others = data?.sessions.filter(({ current }) => !current) ?? [];

  async function endOne(session: SessionView): Promise<void> {
    try {
      await call("endSession", { params: { id: session.id } });
      toast(`Signed out: ${nameOf(session)}`);
    } catch (failure) {
      // Already ended, perhaps from another tab.
      if (!(failure instanceof ApiError && failure.code === "not_found")) tellFailure(failure);
    }
    await mutate().catch(() => undefined);
  }

  async function endOthers(): Promise<boolean> {
    try {
      const { ended } = await call("endOtherSessions");
      toast(ended === 1 ? "One session has ended" : `${ended} sessions have ended`);
    } catch (failure) {
      tellFailure(failure);
      return false;
    }
    await mutate().catch(() => undefined);
    return true;
  }

  return (
    <Section
      id="sessions"
      title="Sessions"
      description="Where you are signed in. One that you do not know may be somebody else: end it, and change your password."
      action={
        others.length > 0 ? (
          <Button onClick={() => setAsking(true)}>
            <LogOut aria-hidden="true" />
            Sign out everywhere else
          </Button>
        ) : null
      }
    >
      {error && !data ? (
        <LoadFailure text={error.message} onRetry={() => void mutate()} />
      ) : data ? (
        <Card className="overflow-hidden">
          <ul>
            {data.sessions.map((session) => (
              <SessionRow key={session.id} session={session} onEnd={() => void endOne(session)} />
            ))}
          </ul>
        </Card>
      ) : (
        <RowsSkeleton rows={2} />
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere else?"
        description="Every session but this one ends at once. API keys go on working."
        action="Sign out everywhere else"
        danger
        onConfirm={endOthers}
      />
    </Section>
  );
}

function SessionRow({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const now = new Date();
  const { network, createdAt, lastSeenAt, current } = session;
  const name = nameOf(session);
  return (
    <li className="flex items-center gap-3.5 border-line border-b px-4 py-3 last:border-b-0">
      <MonitorSmartphone aria-hidden="true" className="size-4 shrink-0 text-faint max-sm:hidden" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium text-base">
          {name}
          {current ? (
            <span className="rounded-sm border border-good/40 px-1.5 font-normal text-good text-xs leading-4.5">
              this one
            </span>
          ) : null}
        </p>
        <p className="text-muted text-sm tabular-nums">
          {network ? `from ${network}, ` : ""}
          <time dateTime={lastSeenAt} title={formatDateTime(lastSeenAt)}>
            {lastUse(lastSeenAt, now)}
          </time>
          <span className="max-sm:hidden">
            {", signed in "}
            <time dateTime={createdAt} title={formatDateTime(createdAt)}>
              {formatDate(createdAt)}
            </time>
          </span>
        </p>
      </div>
      {current ? null : (
        <Button size="sm" onClick={onEnd} aria-label={`End the session ${name}`}>
          End
        </Button>
      )}
    </li>
  );
}

function nameOf({ browser }: SessionView): string {
  return browser === "" || browser === "unknown" ? "Unknown browser" : browser;
}

const DAY_MS = 86_400_000;

function lastUse(iso: string, now: Date): string {
  const then = new Date(iso);
  return `used ${now.getTime() - then.getTime() < DAY_MS ? formatAgo(then, now) : formatDate(iso)}`;
}

function tellFailure(failure: unknown): void {
  const description = failure instanceof ApiError ? failure.message : "Try again.";
  toast("The session could not be ended", { description });
}

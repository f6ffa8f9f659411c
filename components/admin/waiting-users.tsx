"use client";

import { Ban, Check } from "lucide-react";
import { useRef } from "react";
import { ApiError } from "@/lib/client/api";
import { formatDateTime } from "@/lib/client/local-time";
import { formatAgo } from "@/lib/client/time-text";
import { toast } from "@/lib/client/toast";
import { useWaitingUsers } from "@/lib/client/use-waiting-users";
import type { AdminUser } from "@/lib/schemas/admin";
import { LoadFailure, Section } from "../section";
import { Button } from "../ui/button";
import { Card } from "../ui/card";

/** Accounts that wait for approval, above everything else that is to be done. Not there when none does. */
export function WaitingUsers() {
  const { users, error, refresh, change } = useWaitingUsers();
  // Somebody who is let in leaves the list, and the focus must not go with them.
  const top = useRef<HTMLDivElement>(null);

  async function decide(user: AdminUser, approved: boolean): Promise<void> {
    try {
      await change(user.id, approved ? { waiting: false } : { suspended: true });
      toast(approved ? `${user.email} can sign in now` : `${user.email} is declined`);
      top.current?.focus();
    } catch (error) {
      const description = error instanceof ApiError ? error.message : "Try again.";
      toast("The account could not be changed", { description });
    }
  }

  if (error && users === null) return <LoadFailure text={error.message} onRetry={refresh} />;
  if (users === null || users.length === 0) return <div ref={top} tabIndex={-1} className="hidden" />;
  return (
    <Section
      id="waiting"
      title="Waiting for approval"
      description="They have signed up and cannot sign in yet. Addresses are not proven unless mail is set up: ask who it is where you do not know. Whoever is declined stays suspended."
    >
      <div ref={top} tabIndex={-1} className="outline-none">
        <Card>
          <ul aria-label="Accounts that wait for approval">
            {users.map((user) => (
              <li
                key={user.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-b-0"
              >
                <div className="min-w-48 flex-1 text-base">
                  <p className="wrap-anywhere font-medium">{user.email}</p>
                  <p className="text-muted text-sm">
                    {user.name}, <Ago iso={user.createdAt} />
                  </p>
                </div>
                <div className="flex gap-2">
                  <Button
                    variant="primary"
                    size="sm"
                    aria-label={`Approve ${user.email}`}
                    onClick={() => void decide(user, true)}
                  >
                    <Check aria-hidden="true" />
                    Approve
                  </Button>
                  <Button
                    size="sm"
                    aria-label={`Decline ${user.email}`}
                    onClick={() => void decide(user, false)}
                  >
                    <Ban aria-hidden="true" />
                    Decline
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </Section>
  );
}

function Ago({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={formatDateTime(iso)}>
      {formatAgo(new Date(iso), new Date())}
    </time>
  );
}

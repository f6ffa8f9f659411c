"use client";

import { Ban, ChevronDown, Ellipsis, Link2, ShieldCheck, ShieldOff, UserRoundCheck } from "lucide-react";
import type { ReactNode } from "react";
import { formatDate, formatDateTime } from "@/lib/client/local-time";
import { formatAgo } from "@/lib/client/time-text";
import type { AdminUser } from "@/lib/schemas/admin";
import { planName } from "../account/plan-name";
import { ActionItem, ActionMenu, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { RadioMenu } from "../ui/menu";
import type { PendingUserChange } from "./user-confirm-dialog";

const PLANS = (["free", "pro"] as const).map((value) => ({ value, label: planName(value) }));

interface UserRowProps {
  user: AdminUser;
  /** The admin's own account, which cannot be suspended or demoted here: that could lock everybody out. */
  own: boolean;
  onPlan: (plan: "free" | "pro") => void;
  onResume: () => void;
  onConfirmFirst: (pending: PendingUserChange) => void;
  onMakeLink: () => void;
}

/** One account: a table row, or a block on narrow windows. */
export function UserRow({ user, own, onPlan, onResume, onConfirmFirst, onMakeLink }: UserRowProps) {
  const now = new Date();
  return (
    <tr className="border-line border-b last:border-b-0 max-lg:relative max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-2 max-lg:p-4">
      <th
        scope="row"
        className="max-w-72 py-2 pr-3 pl-4 font-normal max-lg:col-span-2 max-lg:max-w-none max-lg:p-0 max-lg:pr-9"
      >
        <span className="flex items-center gap-2">
          <span className={cn("truncate font-medium", user.suspended && "text-muted line-through")}>
            {user.email}
          </span>
          {own ? <Badge>you</Badge> : null}
          {user.admin ? <Badge className="border-accent-ink/40 text-accent-ink">admin</Badge> : null}
          {user.waiting ? <Badge className="border-warn/40 text-warn">waits</Badge> : null}
          {user.suspended ? <Badge className="border-bad/40 text-bad">suspended</Badge> : null}
        </span>
        <span className="block truncate text-muted text-sm">{user.name}</span>
      </th>
      <Cell label="Plan">
        <RadioMenu
          label="Plan"
          value={user.plan}
          options={PLANS}
          onChange={(plan) => {
            if (plan !== "guest" && plan !== user.plan) onPlan(plan);
          }}
          trigger={
            <Button size="sm" aria-label={`Plan of ${user.email}: ${planName(user.plan)}`}>
              {planName(user.plan)}
              <ChevronDown aria-hidden="true" className="-mr-0.5 opacity-70" />
            </Button>
          }
        />
      </Cell>
      <Cell label="Runs today">{user.runsToday.toLocaleString("en")}</Cell>
      <Cell label="Joined" title={formatDateTime(user.createdAt)}>
        {formatDate(user.createdAt)}
      </Cell>
      <Cell label="Last seen" {...(user.lastSeenAt && { title: formatDateTime(user.lastSeenAt) })}>
        {user.lastSeenAt ? lastSeen(user.lastSeenAt, now) : "never"}
      </Cell>
      <td className="w-12 py-2 pr-3 text-right max-lg:absolute max-lg:top-2.5 max-lg:right-2.5 max-lg:w-auto max-lg:p-0">
        {own ? null : (
          <Actions user={user} onResume={onResume} onConfirmFirst={onConfirmFirst} onMakeLink={onMakeLink} />
        )}
      </td>
    </tr>
  );
}

function Actions({
  user,
  onResume,
  onConfirmFirst,
  onMakeLink,
}: Pick<UserRowProps, "user" | "onResume" | "onConfirmFirst" | "onMakeLink">) {
  return (
    <ActionMenu
      label={`Actions for ${user.email}`}
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${user.email}`}>
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      {user.admin ? (
        <ActionItem onSelect={() => onConfirmFirst({ question: "withdraw", user })}>
          <ShieldOff aria-hidden="true" />
          Withdraw admin…
        </ActionItem>
      ) : (
        <ActionItem onSelect={() => onConfirmFirst({ question: "grant", user })}>
          <ShieldCheck aria-hidden="true" />
          Make an admin…
        </ActionItem>
      )}
      <ActionItem onSelect={onMakeLink}>
        <Link2 aria-hidden="true" />
        Make a password link…
      </ActionItem>
      <ActionSeparator />
      {user.suspended ? (
        <ActionItem onSelect={onResume}>
          <UserRoundCheck aria-hidden="true" />
          Resume
        </ActionItem>
      ) : (
        <ActionItem danger onSelect={() => onConfirmFirst({ question: "suspend", user })}>
          <Ban aria-hidden="true" />
          Suspend…
        </ActionItem>
      )}
    </ActionMenu>
  );
}

function Badge({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <span
      className={cn(
        "shrink-0 rounded-sm border border-line-strong px-1.5 text-muted text-xs leading-4.5",
        className,
      )}
    >
      {children}
    </span>
  );
}

function Cell({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
  return (
    <td title={title} className="whitespace-nowrap px-3 py-2 text-muted tabular-nums max-lg:p-0">
      <span aria-hidden="true" className="mb-0.5 block text-faint text-sm lg:hidden">
        {label}
      </span>
      {children}
    </td>
  );
}

const DAY_MS = 86_400_000;

function lastSeen(iso: string, now: Date): string {
  const then = new Date(iso);
  return now.getTime() - then.getTime() < DAY_MS ? formatAgo(then, now) : formatDate(iso);
}

"use client";

import { ChevronDown, KeyRound, type LucideIcon, ShieldCheck, TriangleAlert, UserRound } from "lucide-react";
import { useMemo, useState } from "react";
import { formatDateTime } from "@/lib/client/local-time";
import { type AuditFilter, useAdminUsers, useAuditLog } from "@/lib/client/use-admin";
import type { AuditEntry } from "@/lib/schemas/admin";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { AuditFilters } from "./audit-filters";
import { AUDIT_TEXTS } from "./audit-texts";

type Names = ReadonlyMap<string, string>;

/** Administrative and security events. Append-only. */
export function AuditLog() {
  const [filter, setFilter] = useState<AuditFilter>({ person: "", action: "" });
  const log = useAuditLog(filter);
  const filtered = filter.person !== "" || filter.action !== "";
  // The unfiltered list above; SWR has its first pages cached.
  const users = useAdminUsers("").items;
  const names = useMemo(() => new Map(users?.map(({ id, email }) => [id, email])), [users]);
  return (
    <Section
      id="audit"
      title="Audit log"
      description="What admins did, and what concerned the security of accounts, with network and browser; by your clock."
      action={
        <Button size="sm" onClick={log.refresh} aria-busy={log.loading}>
          Refresh
        </Button>
      }
    >
      <AuditFilters filter={filter} onChange={setFilter} />
      {log.error ? (
        <LoadFailure text={log.error.message} onRetry={log.refresh} />
      ) : log.items === null ? (
        <RowsSkeleton rows={5} />
      ) : log.items.length === 0 ? (
        <Card className="px-4 py-8 text-center text-base text-muted">
          {filtered ? "Nothing in the log fits this filter." : "Nothing was written down yet."}
        </Card>
      ) : (
        <Card>
          <ol>
            {log.items.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                names={names}
                onPerson={(person) => setFilter({ ...filter, person })}
              />
            ))}
          </ol>
        </Card>
      )}
      {log.items !== null && !log.ended ? (
        <Button onClick={log.more} disabled={log.loading} className="mx-auto flex">
          Show more
          <ChevronDown aria-hidden="true" />
        </Button>
      ) : null}
    </Section>
  );
}

interface EntryProps {
  entry: AuditEntry;
  names: Names;
  /** Narrows the log to somebody. */
  onPerson: (person: string) => void;
}

function Entry({ entry, names, onPerson }: EntryProps) {
  const { action, actor, subject, detail, at, network, browser } = entry;
  const origin = [network, browser].filter((part) => part !== null).join(", ");
  const { text, tone } = AUDIT_TEXTS[action];
  const Icon = iconOf(entry);
  // A failed sign-in has no actor, and a subject only if the account exists.
  const subjectShown = subject !== null && subject !== actor ? subject : null;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line border-b px-4 py-2.5 last:border-b-0">
      <Icon
        aria-hidden="true"
        className={cn(
          "size-3.5 shrink-0 self-center text-faint",
          tone === "warn" && "text-warn",
          tone === "admin" && "text-accent-ink",
        )}
      />
      <p className="min-w-0 flex-1 break-words text-base">
        <AccountName id={actor} names={names} onPerson={onPerson} /> {text}
        {subjectShown ? (
          <>
            {action === "sign_in_failed" ? " as " : " "}
            <AccountName id={subjectShown} names={names} onPerson={onPerson} />
          </>
        ) : null}
        {detail ? <span className="text-muted"> · {detail}</span> : null}
        {origin ? <span className="block text-muted text-sm">{origin}</span> : null}
      </p>
      <time dateTime={at} className="text-faint text-sm tabular-nums max-sm:w-full max-sm:pl-6.5">
        {formatDateTime(at, true)}
      </time>
    </li>
  );
}

function iconOf({ action }: AuditEntry): LucideIcon {
  if (action.startsWith("key_")) return KeyRound;
  const { tone } = AUDIT_TEXTS[action];
  return tone === "warn" ? TriangleAlert : tone === "admin" ? ShieldCheck : UserRound;
}

interface AccountNameProps extends Pick<EntryProps, "names" | "onPerson"> {
  id: string | null;
}

/** The e-mail address if known, else the id, which also remains for deleted accounts. */
function AccountName({ id, names, onPerson }: AccountNameProps) {
  if (id === null) return <span className="text-muted">Somebody</span>;
  const email = names.get(id);
  return (
    <button
      type="button"
      title="Show only entries about this account"
      onClick={() => onPerson(email ?? id)}
      className={cn(
        "break-all rounded-sm text-left hover:underline",
        email ? "font-medium" : "font-mono text-sm",
      )}
    >
      {email ?? id}
    </button>
  );
}

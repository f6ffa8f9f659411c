"use client";

import { ChevronDown, Download, Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { type AuditFilter, auditQuery } from "@/lib/client/use-admin";
import type { AuditAction } from "@/lib/schemas/admin";
import { AUDIT_ACTIONS } from "@/lib/schemas/audit-actions";
import { ActionLink, ActionMenu } from "../ui/action-menu";
import { Button } from "../ui/button";
import { AUDIT_TEXTS } from "./audit-texts";

/** Debounce of the field. */
const TYPING_MS = 250;

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Narrows the audit log by person and kind, and downloads what is left. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <PersonField value={filter.person} onChange={(person) => onChange({ ...filter, person })} />
      <div className="relative max-sm:flex-1">
        <select
          aria-label="Kind of entry"
          value={filter.action}
          onChange={(event) => onChange({ ...filter, action: event.target.value as AuditAction | "" })}
          className="h-8 w-full appearance-none truncate rounded-md border border-line-strong bg-raised pr-8 pl-3 font-medium text-base hover:bg-hover sm:w-64"
        >
          <option value="">Every kind</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {AUDIT_TEXTS[action].text}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-4 opacity-70"
        />
      </div>
      <ActionMenu
        label="Export the log"
        trigger={
          <Button>
            <Download aria-hidden="true" />
            Export
          </Button>
        }
      >
        {(["csv", "json"] as const).map((format) => (
          <ActionLink key={format} download href={exportUrl(filter, format)}>
            {format.toUpperCase()}
          </ActionLink>
        ))}
      </ActionMenu>
    </search>
  );
}

function exportUrl(filter: AuditFilter, format: string): string {
  const query = auditQuery(filter);
  return `/api/admin/audit/export?format=${format}${query === "" ? "" : `&${query}`}`;
}

function PersonField({ value, onChange }: { value: string; onChange: (person: string) => void }) {
  const [text, setText] = useState(value);
  // A name that was clicked on in the log.
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    const person = text.trim();
    if (person === value) return;
    const timer = setTimeout(() => onChange(person), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="flex h-8 min-w-50 flex-1 items-center gap-2 rounded-md border border-line-strong bg-raised px-2.5 focus-within:border-focus focus-within:ring-1 focus-within:ring-focus max-sm:basis-full">
      <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <input
        type="text"
        aria-label="Address or id of an account"
        placeholder="Address or id of an account"
        value={text}
        maxLength={300}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setText("");
        }}
        className="min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
      />
      {text === "" ? null : (
        <button
          type="button"
          aria-label="Show everybody's entries"
          onClick={() => setText("")}
          className="rounded-sm text-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </div>
  );
}

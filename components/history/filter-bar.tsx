"use client";

import { Boxes, ChevronDown, Pin, X } from "lucide-react";
import type { HistoryFilters, Span } from "@/lib/client/history-query";
import type { StoredStatus } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { STORED_STATUSES } from "@/lib/schemas/run-status";
import { storedStatusWords } from "../run/status-words";
import { Button } from "../ui/button";
import { RadioMenu } from "../ui/menu";
import { SearchField } from "./search-field";

interface FilterBarProps {
  filters: HistoryFilters;
  languages: readonly LanguageInfo[];
  onChange: (patch: Partial<HistoryFilters>) => void;
}

const SPAN_WORDS: readonly { value: Span | ""; label: string }[] = [
  { value: "", label: "Any time" },
  { value: "day", label: "Last 24 hours" },
  { value: "week", label: "Last 7 days" },
  { value: "month", label: "Last 30 days" },
];

const STATUS_CHOICES: readonly { value: StoredStatus | ""; label: string }[] = [
  { value: "", label: "Any status" },
  ...STORED_STATUSES.map((value) => ({
    value,
    label: storedStatusWords(value).label.replace("…", ""),
  })),
];

/** Search field and filters of the history. */
export function FilterBar({ filters, languages, onChange }: FilterBarProps) {
  const languageChoices = [
    { value: "", label: "Any language" },
    ...languages.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField value={filters.q} onChange={(q) => onChange({ q })} />
      <Choice
        label="Language"
        value={filters.language ?? ""}
        options={languageChoices}
        onChange={(language) => onChange({ language: language || null })}
      />
      <Choice
        label="Status"
        value={filters.status ?? ""}
        options={STATUS_CHOICES}
        onChange={(status) => onChange({ status: status || null })}
      />
      <Choice
        label="Time"
        value={filters.span ?? ""}
        options={SPAN_WORDS}
        onChange={(span) => onChange({ span: span || null })}
      />
      <Button
        aria-pressed={filters.pinned}
        onClick={() => onChange({ pinned: !filters.pinned })}
        className={ACTIVE}
      >
        <Pin aria-hidden="true" />
        Pinned
      </Button>
      {filters.program ? (
        <Button
          aria-label="Runs of one program: show all"
          data-set
          onClick={() => onChange({ program: null })}
          className={ACTIVE}
        >
          <Boxes aria-hidden="true" />
          Runs of one program
          <X aria-hidden="true" className="-mr-1 opacity-70" />
        </Button>
      ) : null}
    </search>
  );
}

const ACTIVE =
  "aria-pressed:border-accent-ink/40 aria-pressed:bg-accent-wash aria-pressed:text-accent-ink data-[set=true]:border-accent-ink/40 data-[set=true]:bg-accent-wash data-[set=true]:text-accent-ink";

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A filter with a closed set of values; the first is none. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const chosen = options.find((option) => option.value === value) ?? options[0];
  return (
    <RadioMenu
      label={label}
      value={value}
      options={options}
      onChange={onChange}
      trigger={
        <Button aria-label={`${label}: ${chosen?.label ?? value}`} data-set={value !== ""} className={ACTIVE}>
          {chosen?.label ?? value}
          <ChevronDown aria-hidden="true" className="-mr-1 opacity-70" />
        </Button>
      }
    />
  );
}

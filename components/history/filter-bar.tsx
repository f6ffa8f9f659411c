"use client";

import { ChevronDown, Pin, Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { HistoryFilters, Span } from "@/lib/client/history-query";
import { type StoredStatus, storedStatusSchema } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { storedStatusWords } from "../run/status-words";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { RadioMenu } from "../ui/menu";

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
  ...storedStatusSchema.options.map((value) => ({
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

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
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

/** Debounce of the search field. */
const TYPING_MS = 250;

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  // External changes, such as "Clear filters", update the field. A change sent from here must not: more may have been typed
  // since.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onChange(sent.current);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <div className="flex h-8 min-w-50 flex-1 items-center gap-2 rounded-md border border-line-strong bg-raised px-2.5 focus-within:border-focus focus-within:ring-1 focus-within:ring-focus max-sm:basis-full">
      <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <input
        type="text"
        aria-label="Search title and code"
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setText("");
        }}
        placeholder="Search title and code"
        autoComplete="off"
        spellCheck={false}
        className="min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
      />
      <button
        type="button"
        aria-label="Clear the search"
        onClick={() => setText("")}
        className={cn("rounded-sm text-faint hover:text-ink", text === "" && "invisible")}
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}

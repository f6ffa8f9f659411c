"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "../ui/cn";

/** Debounce of the search field. */
const TYPING_MS = 250;

interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** A search field that reports what was typed shortly after. */
export function SearchField({ value, onChange }: SearchFieldProps) {
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

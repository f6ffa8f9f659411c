"use client";

import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { groupLanguages, type LanguageRow } from "@/lib/client/language-groups";
import type { LanguageInfo } from "@/lib/schemas/language";
import { LanguageOption } from "./language-option";
import { placeAfterKey } from "./list-keys";

interface LanguageListProps {
  languages: readonly LanguageInfo[];
  /** Ids of the languages that were picked or run in last. */
  recent: readonly string[];
  value: string;
  onPick: (id: string) => void;
}

/** Above the current language when the list is opened, so that it can be seen that there are more. */
const ROWS_ABOVE = 2;

/** A search field with the languages that match, in groups (combobox pattern: arrow keys select, the field keeps the focus). */
export function LanguageList({ languages, recent, value, onPick }: LanguageListProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  /** Key of the row that was moved to; without one it is the current language, or the first that matches. */
  const [wanted, setWanted] = useState<string | null>(null);
  const groups = groupLanguages(languages, recent, query);
  const rows = groups.flatMap((group) => group.rows);
  const typed = query.trim() !== "";
  // A recent language is among all of them again, and only one row of a list is the selected one.
  const current = rows.find(({ language }) => language.id === value);
  const active = rows.find(({ key }) => key === wanted) ?? (typed ? undefined : current) ?? rows[0] ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed makes it another list
  useEffect(() => {
    const box = list.current;
    const row = typed ? null : box?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (box) box.scrollTop = row ? row.offsetTop - ROWS_ABOVE * row.offsetHeight : 0;
  }, [query]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const at = active ? rows.indexOf(active) : -1;
    const next = placeAfterKey(event, { at, count: rows.length, typed: query !== "" });
    if (next !== null) {
      event.preventDefault();
      moveTo(rows[next]);
    } else if (event.key === "Enter" && active && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onPick(active.language.id);
    }
  }

  /** Only keys bring a row into view: under a pointer the list would move on and on. */
  function moveTo(row: LanguageRow | undefined): void {
    if (!row) return;
    setWanted(row.key);
    document.getElementById(`${id}-${row.key}`)?.scrollIntoView({ block: "nearest" });
  }

  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-line border-b px-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-label="Find by name"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.key}` : undefined}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setWanted(null);
          }}
          onKeyDown={onKeyDown}
          placeholder="Find a language"
          autoComplete="off"
          spellCheck={false}
          className="h-9 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint touch:h-11"
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Languages"
        // Nine rows and a part of the next.
        className="relative max-h-92 min-h-0 overflow-y-auto overscroll-contain p-1"
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and no part of a listbox
          <div key={group.id} role="group" aria-label={group.label ?? "Matches"}>
            {group.label === null ? null : (
              <div aria-hidden="true" className="px-1.5 pt-2 pb-1 text-faint text-sm">
                {group.label}
              </div>
            )}
            {group.rows.map(({ key, language }) => (
              <LanguageOption
                key={key}
                id={`${id}-${key}`}
                language={language}
                active={key === active?.key}
                selected={key === current?.key}
                marked={language.id === value}
                onHover={() => setWanted(key)}
                onPick={() => onPick(language.id)}
              />
            ))}
          </div>
        ))}
      </div>
      {rows.length === 0 ? (
        <p role="status" className="px-3 pt-1 pb-3 text-base text-muted">
          Nothing matches.
        </p>
      ) : null}
    </>
  );
}

"use client";

import { Check, Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { languageParts } from "@/lib/client/language-label";
import { matchLanguages } from "@/lib/client/match-languages";
import type { LanguageInfo } from "@/lib/schemas/language";
import { cn } from "../ui/cn";
import { LanguageTile } from "./language-tile";

interface LanguageListProps {
  languages: readonly LanguageInfo[];
  value: string;
  onPick: (id: string) => void;
}

/** A search field with the matching languages (combobox pattern: arrow keys select, the field keeps the focus). */
export function LanguageList({ languages, value, onPick }: LanguageListProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [wanted, setWanted] = useState(value);
  const found = matchLanguages(languages, query);
  const active = found.find((language) => language.id === wanted) ?? found[0] ?? null;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const at = active ? found.indexOf(active) : -1;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageUp: 0,
      PageDown: found.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setWanted(found[(next + found.length) % Math.max(found.length, 1)]?.id ?? "");
    } else if (event.key === "Enter" && active && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onPick(active.id);
    }
  }

  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-label="Find by name"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.id}` : undefined}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="Find a language"
          autoComplete="off"
          spellCheck={false}
          className="h-9 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Languages" className="min-h-0 overflow-y-auto p-1">
        {found.map((language) => (
          <LanguageOption
            key={language.id}
            id={`${id}-${language.id}`}
            language={language}
            active={language === active}
            selected={language.id === value}
            onHover={() => setWanted(language.id)}
            onPick={() => onPick(language.id)}
          />
        ))}
      </div>
      {found.length === 0 ? (
        <p role="status" className="px-3 pt-1 pb-3 text-base text-muted">
          Nothing matches.
        </p>
      ) : null}
    </>
  );
}

interface LanguageOptionProps {
  id: string;
  language: LanguageInfo;
  active: boolean;
  selected: boolean;
  onHover: () => void;
  onPick: () => void;
}

function LanguageOption({ id, language, active, selected, onHover, onPick }: LanguageOptionProps) {
  const element = useRef<HTMLDivElement>(null);
  const { head, rest } = languageParts(language);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onMouseMove={onHover}
      onClick={onPick}
      className={cn(
        "flex h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-1.5 text-base",
        active && "bg-hover",
      )}
    >
      <LanguageTile language={language} />
      <span>
        {head}
        <span className="text-faint text-sm tabular-nums">{rest}</span>
      </span>
      <span className="ml-auto flex items-center gap-2 pr-1">
        {language.ready ? null : <span className="text-faint text-sm">first run takes longer</span>}
        {selected ? <Check aria-hidden="true" className="size-4 text-accent-ink" /> : null}
      </span>
    </div>
  );
}

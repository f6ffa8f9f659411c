"use client";

import { Fragment, type ReactNode, useState } from "react";
import { type FoundByName, matchLanguages } from "@/lib/client/match-languages";
import { TextField } from "../ui/text-field";

interface LanguageFinderProps {
  languages: readonly {
    names: FoundByName;
    /** Rendered by the server: searching only chooses which are shown. */
    entry: ReactNode;
  }[];
}

/** The languages with a search field and an index, both of which also go by what the API calls them. */
export function LanguageFinder({ languages }: LanguageFinderProps) {
  const [query, setQuery] = useState("");
  const all = languages.map(({ names, entry }) => ({ ...names, entry }));
  const found = matchLanguages(all, query);
  const counted = `${all.length} ${all.length === 1 ? "language" : "languages"}`;
  return (
    <div className="mt-6 grid gap-x-10 lg:grid-cols-[10rem_1fr]">
      <TextField
        type="search"
        label="Find a language"
        placeholder="Name, ending or library"
        error={null}
        hint={found.length === all.length ? counted : `${found.length} of ${counted}`}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        className="max-w-2xl lg:col-span-2"
      />
      <nav aria-label="Languages" className="mt-4 min-w-0">
        <ul className="flex flex-wrap gap-x-1 gap-y-0.5 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-6rem)] lg:flex-col lg:flex-nowrap lg:overflow-y-auto">
          {found.map(({ id, name }) => (
            <li key={id} className="shrink-0">
              <a
                href={`#${id}`}
                className="touch-target flex h-8 items-center rounded-md px-2 text-base text-muted hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px]"
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-6 min-w-0 space-y-10 lg:mt-4">
        {found.length === 0 ? <p className="text-lg text-muted">Nothing matches.</p> : null}
        {found.map(({ id, entry }) => (
          <Fragment key={id}>{entry}</Fragment>
        ))}
      </div>
    </div>
  );
}

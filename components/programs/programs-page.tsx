"use client";

import { FilePlus2, FolderOpen, SearchX } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useAccount } from "@/lib/client/account";
import {
  type ProgramFilters,
  type ProgramList,
  useProgramList,
} from "@/lib/client/programs/use-program-list";
import { useLanguages } from "@/lib/client/use-languages";
import { useMoreWhenNear } from "@/lib/client/use-run-list";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { ProgramSummary } from "@/lib/schemas/program";
import { Choice } from "../history/filter-bar";
import { ListFailure, ListSkeleton, Message } from "../history/history-states";
import { SearchField } from "../history/search-field";
import { useNow } from "../history/use-now";
import { Button, buttonStyle } from "../ui/button";
import { useDeletedPrograms } from "./program-deletes";
import { ProgramRow } from "./program-row";
import { type ProgramActions, useProgramActions } from "./use-program-actions";

const NO_FILTERS: ProgramFilters = { q: "", language: null };

/** The viewer's programs: search, open, rename, duplicate, delete. */
export function ProgramsPage() {
  const [filters, setFilters] = useState(NO_FILTERS);
  const list = useProgramList(filters);
  const [languagesState] = useLanguages();
  const languages = languagesState.name === "ready" ? languagesState.languages : [];
  const deleted = useDeletedPrograms();
  const actions = useProgramActions(list);
  const programs = useMemo(
    () => list.rows?.filter(({ id }) => !deleted.has(id)) ?? null,
    [list.rows, deleted],
  );
  const heading = useFocusAfterDelete(deleted);
  const change = (patch: Partial<ProgramFilters>) => setFilters((all) => ({ ...all, ...patch }));

  return (
    <div className="mx-auto w-full max-w-5xl space-y-4 px-4 py-5 sm:px-6">
      <div className="flex items-center justify-between gap-3">
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none">
          Programs
        </h1>
        <Link href="/" className={buttonStyle({ variant: "primary", className: "max-sm:h-11" })}>
          <FilePlus2 aria-hidden="true" />
          Open the editor
        </Link>
      </div>
      <ExpiryNote programs={programs} />
      <search className="flex flex-wrap items-center gap-2">
        <SearchField value={filters.q} onChange={(q) => change({ q })} />
        <Choice
          label="Language"
          value={filters.language ?? ""}
          options={[
            { value: "", label: "Any language" },
            ...languages.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(language) => change({ language: language || null })}
        />
      </search>
      <Listed
        list={list}
        programs={programs}
        languages={languages}
        actions={actions}
        filtered={filters.q !== "" || filters.language !== null}
        onClear={() => setFilters(NO_FILTERS)}
      />
    </div>
  );
}

interface ListedProps {
  list: ProgramList;
  /** Without those that are being deleted. */
  programs: readonly ProgramSummary[] | null;
  languages: readonly LanguageInfo[];
  actions: ProgramActions;
  filtered: boolean;
  onClear: () => void;
}

/** The programs, or an empty, loading or error state. */
function Listed({ list, programs, languages, actions, filtered, onClear }: ListedProps) {
  const end = useMoreWhenNear(list);
  const now = useNow();
  const failure = list.error ? <ListFailure error={list.error} onRetry={list.refresh} /> : null;
  if (programs === null) return <Card>{failure ?? <ListSkeleton words="Programs are loading." />}</Card>;
  return (
    <>
      {programs.length > 0 ? (
        <Card>
          <ul aria-label="Programs">
            {programs.map((program) => (
              <ProgramRow
                key={program.id}
                program={program}
                language={languages.find(({ id }) => id === program.language) ?? null}
                now={now}
                actions={actions}
              />
            ))}
          </ul>
        </Card>
      ) : null}
      {programs.length === 0 && list.ended ? (
        <Card>{filtered ? <NothingMatches onClear={onClear} /> : <NoPrograms />}</Card>
      ) : null}
      {failure ? <Card>{failure}</Card> : <div ref={end}>{list.ended ? null : <More list={list} />}</div>}
    </>
  );
}

function NoPrograms() {
  return (
    <Message
      icon={<FolderOpen aria-hidden="true" className="size-4" />}
      title="No programs yet"
      text="What you write in the editor is kept here as you type, with its files, input and tests."
    >
      <Link href="/" className={buttonStyle({ variant: "primary" })}>
        Write one
      </Link>
    </Message>
  );
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <Message
      icon={<SearchX aria-hidden="true" className="size-4" />}
      title="Nothing matches"
      text="Try other words, or look through all of them."
    >
      <Button onClick={onClear}>Clear filters</Button>
    </Message>
  );
}

/** Guests' programs are not kept for ever. */
function ExpiryNote({ programs }: { programs: readonly ProgramSummary[] | null }) {
  const { account } = useAccount();
  if (account?.user || !programs?.some(({ expiresAt }) => expiresAt !== null)) return null;
  return (
    <p className="text-base text-muted">
      Without an account, programs are kept for 30 days after their last change.{" "}
      <Link href="/sign-up" className="rounded-sm font-medium text-ink underline">
        Sign up
      </Link>{" "}
      to keep them.
    </p>
  );
}

function More({ list }: { list: ProgramList }) {
  if (list.loading) {
    return (
      <Card>
        <ListSkeleton rows={2} words="More programs are loading." />
      </Card>
    );
  }
  return (
    <div className="flex justify-center">
      <Button onClick={list.more}>Show more</Button>
    </div>
  );
}

function Card({ children }: { children: ReactNode }) {
  return <div className="rounded-lg border border-line bg-surface">{children}</div>;
}

/** A deleted row takes the focus with it: it goes to the page's heading instead of nowhere. */
function useFocusAfterDelete(deleted: ReadonlySet<string>) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(deleted.size);
  useEffect(() => {
    const more = deleted.size > before.current;
    before.current = deleted.size;
    if (!more) return;
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body || !document.activeElement) heading.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [deleted]);
  return heading;
}

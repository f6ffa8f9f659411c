"use client";

import { CopyPlus, Ellipsis, FolderOpen, History, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { memo, useState } from "react";
import { formatBytes } from "@/lib/client/format";
import { programUrl } from "@/lib/client/programs/use-address";
import { formatAgo, formatUtc } from "@/lib/client/time-text";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { ProgramSummary } from "@/lib/schemas/program";
import { LanguageTile } from "../editor/language-tile";
import { RenameField } from "../history/rename-field";
import { ActionItem, ActionMenu, ActionPage, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import type { ProgramActions } from "./use-program-actions";

interface ProgramRowProps {
  program: ProgramSummary;
  language: LanguageInfo | null;
  now: Date;
  actions: ProgramActions;
}

/** The size of a smaller program is mostly what every program takes up. */
const WORTH_TELLING_BYTES = 10_000;

/** A row of the list: link to the editor, what the program has, and actions. */
export const ProgramRow = memo(function ProgramRow({ program, language, now, actions }: ProgramRowProps) {
  const [renaming, setRenaming] = useState(false);
  const { id, title } = program;

  function renamed(next: string | null): void {
    setRenaming(false);
    if (next !== null && next !== title) actions.rename(program, next);
  }

  return (
    <li className="flex items-center gap-3 border-line border-b px-3 py-2 last:border-b-0 hover:bg-sunken sm:gap-4 sm:px-4">
      <LanguageTile
        language={language ?? { id: program.language, extension: program.language.slice(0, 4) }}
        className="max-sm:hidden"
      />
      <div className="min-w-0 flex-1">
        {renaming ? (
          <RenameField title={title} onDone={renamed} />
        ) : (
          <Link
            href={programUrl(id)}
            prefetch={false}
            className="block truncate rounded-sm font-medium text-base hover:underline max-sm:py-1.5"
          >
            {title}
          </Link>
        )}
        <p className="flex flex-wrap gap-x-2 text-muted text-sm tabular-nums">
          <span>{language?.name ?? program.language}</span>
          {program.files > 0 ? <span>{count(program.files + 1, "file")}</span> : null}
          {program.tests > 0 ? <span>{count(program.tests, "test")}</span> : null}
          {program.bytes >= WORTH_TELLING_BYTES ? (
            <span className="max-sm:hidden">{formatBytes(program.bytes)}</span>
          ) : null}
          <Changed program={program} now={now} className="sm:hidden" />
        </p>
      </div>
      <Changed program={program} now={now} className="w-24 shrink-0 text-right max-sm:hidden" />
      <ActionMenu
        label={`Actions for ${title}`}
        trigger={
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Actions for ${title}`}
            className="max-sm:size-11"
          >
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <ActionPage href={programUrl(id)}>
          <FolderOpen aria-hidden="true" />
          Open
        </ActionPage>
        <ActionPage href={`/history?program=${id}`}>
          <History aria-hidden="true" />
          Its runs
        </ActionPage>
        <ActionSeparator />
        <ActionItem onSelect={() => setRenaming(true)}>
          <Pencil aria-hidden="true" />
          Rename
        </ActionItem>
        <ActionItem onSelect={() => actions.duplicate(program)}>
          <CopyPlus aria-hidden="true" />
          Duplicate
        </ActionItem>
        <ActionSeparator />
        <ActionItem danger onSelect={() => actions.remove(program)}>
          <Trash2 aria-hidden="true" />
          Delete
        </ActionItem>
      </ActionMenu>
    </li>
  );
});

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function Changed({ program, now, className }: { program: ProgramSummary; now: Date; className: string }) {
  return (
    <time
      dateTime={program.updatedAt}
      title={formatUtc(program.updatedAt)}
      className={`whitespace-nowrap text-muted text-sm tabular-nums ${className}`}
    >
      {formatAgo(new Date(program.updatedAt), now)}
    </time>
  );
}

"use client";

import { ArrowDown, ArrowUp, ChevronRight, Copy, Ellipsis, Play, Trash2 } from "lucide-react";
import { formatDuration } from "@/lib/client/format";
import type { RunTest } from "@/lib/schemas/run-test";
import { ActionItem, ActionMenu, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { TestFields } from "./test-fields";
import { TestOutcome } from "./test-outcome";
import type { TestList } from "./use-test-list";
import { type Verdict, VerdictMark } from "./verdict";

interface TestRowProps {
  test: RunTest;
  at: number;
  count: number;
  verdict: Verdict;
  list: TestList;
  canRun: boolean;
  onRun: () => void;
}

const MAX_CHARS = 50_000;
const MAX_ROWS = 300;

/** One test case: a line with its verdict, which opens to its texts and what it printed. */
export function TestRow({ test, at, count, verdict, list, canRun, onRun }: TestRowProps) {
  const { id = "", open = false } = list.rows[at] ?? {};
  const name = test.name || `Test ${at + 1}`;
  const result = verdict === "waiting" ? null : verdict;

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    list.move(at, event.key === "ArrowUp" ? -1 : 1);
  }

  return (
    <li className="border-line border-b last:border-b-0">
      <div className="flex items-center gap-1 pr-1.5 hover:bg-hover">
        <button
          type="button"
          id={id}
          aria-expanded={open}
          aria-controls={`${id}-body`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => list.toggle(at)}
          onKeyDown={onKeyDown}
          className="flex min-h-9 min-w-0 flex-1 items-center gap-2 py-1 pl-2.5 text-left text-base focus-visible:outline-offset-[-2px] max-sm:min-h-11"
        >
          <ChevronRight
            aria-hidden="true"
            className={cn(
              "size-4 shrink-0 text-faint transition-transform duration-100",
              open && "rotate-90",
            )}
          />
          <span className="min-w-0 truncate">{name}</span>
          <span className="ml-auto flex shrink-0 items-center gap-3">
            <VerdictMark verdict={verdict} />
            <span className="w-14 text-right text-faint tabular-nums max-sm:hidden">
              {result && result.durationMs > 0 ? formatDuration(result.durationMs) : ""}
            </span>
          </span>
        </button>
        <RowActions at={at} count={count} name={name} list={list} canRun={canRun} onRun={onRun} />
      </div>
      {open ? (
        <div id={`${id}-body`} className="space-y-3 border-line border-t bg-sunken px-3 py-3">
          <TestFields test={test} onChange={(next) => list.change(at, next)} />
          {result ? (
            <TestOutcome test={test} result={result} maxChars={MAX_CHARS} maxRows={MAX_ROWS} />
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

type RowActionsProps = Pick<TestRowProps, "at" | "count" | "list" | "canRun" | "onRun"> & { name: string };

function RowActions({ at, count, name, list, canRun, onRun }: RowActionsProps) {
  return (
    <ActionMenu
      label={`Actions for ${name}`}
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`} className="max-sm:size-11">
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      {canRun ? (
        <ActionItem onSelect={onRun}>
          <Play aria-hidden="true" />
          Run this test
        </ActionItem>
      ) : null}
      <ActionItem onSelect={() => list.duplicate(at)}>
        <Copy aria-hidden="true" />
        Duplicate
      </ActionItem>
      {at > 0 ? (
        <ActionItem onSelect={() => list.move(at, -1)}>
          <ArrowUp aria-hidden="true" />
          Move up
        </ActionItem>
      ) : null}
      {at < count - 1 ? (
        <ActionItem onSelect={() => list.move(at, 1)}>
          <ArrowDown aria-hidden="true" />
          Move down
        </ActionItem>
      ) : null}
      <ActionSeparator />
      <ActionItem danger onSelect={() => list.remove(at)}>
        <Trash2 aria-hidden="true" />
        Delete
      </ActionItem>
    </ActionMenu>
  );
}

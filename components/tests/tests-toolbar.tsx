"use client";

import {
  Download,
  Ellipsis,
  FileArchive,
  Play,
  Plus,
  RotateCw,
  SquareTerminal,
  Trash2,
  Upload,
} from "lucide-react";
import { type ReactNode, type Ref, useRef } from "react";
import type { RunTest } from "@/lib/schemas/run-test";
import { countTests, testWords } from "@/lib/schemas/test-counts";
import { StatusMark } from "../run/facts";
import { ActionItem, ActionMenu, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import { Tooltip } from "../ui/tooltip";
import { FilePicker } from "./file-picker";
import type { AddActions } from "./no-tests";
import { exportJson, exportZip } from "./test-transfer";
import type { Verdict } from "./verdict";

interface TestsToolbarProps extends AddActions {
  tests: readonly RunTest[];
  results: readonly Verdict[];
  canRun: boolean;
  onRun: (places: readonly number[]) => void;
  onClear: () => void;
}

/** What can be done with the tests as a whole, and how they ended. */
export function TestsToolbar({ tests, results, canRun, onRun, ...rest }: TestsToolbarProps) {
  const failed = results.flatMap((verdict, at) =>
    verdict !== null && verdict !== "waiting" && verdict.status !== "passed" ? [at] : [],
  );
  const runAll = useRef<HTMLButtonElement>(null);
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-1 pr-2 pl-4">
      <Summary tests={tests} results={results} />
      <div className="ml-auto flex items-center gap-1">
        <RunButton ref={runAll} canRun={canRun} onRun={() => onRun([...tests.keys()])}>
          <Play aria-hidden="true" />
          Run tests
        </RunButton>
        {failed.length === 0 ? null : (
          <RunButton
            canRun={canRun}
            onRun={() => {
              // This button goes while they run.
              runAll.current?.focus();
              onRun(failed);
            }}
          >
            <RotateCw aria-hidden="true" />
            Run failed
          </RunButton>
        )}
        <Tooltip label="Add a test">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Add a test"
            onClick={rest.onAdd}
            className="max-sm:size-11"
          >
            <Plus aria-hidden="true" />
          </Button>
        </Tooltip>
        <MoreMenu tests={tests} {...rest} />
      </div>
    </div>
  );
}

interface RunButtonProps {
  ref?: Ref<HTMLButtonElement>;
  canRun: boolean;
  onRun: () => void;
  children: ReactNode;
}

/** Not `disabled` while it has nothing to do, which would take the focus from it. */
function RunButton({ ref, canRun, onRun, children }: RunButtonProps) {
  return (
    <Button
      ref={ref}
      size="sm"
      aria-disabled={!canRun}
      onClick={() => canRun && onRun()}
      className="aria-disabled:opacity-50 max-sm:h-11 max-sm:px-3"
    >
      {children}
    </Button>
  );
}

function Summary({ tests, results }: Pick<TestsToolbarProps, "tests" | "results">) {
  const known = results.filter((verdict) => verdict !== null && verdict !== "waiting");
  const waiting = results.includes("waiting");
  const counts = waiting ? null : countTests(known);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3">
      <h2 className="font-medium text-base">Tests</h2>
      <p aria-live="polite" className="text-base">
        {waiting ? (
          <StatusMark words={{ label: `${known.length} of ${tests.length} done`, tone: "neutral" }} active />
        ) : null}
        {counts ? (
          <StatusMark
            words={{ label: testWords(counts), tone: counts.passed === known.length ? "good" : "bad" }}
          />
        ) : null}
      </p>
    </div>
  );
}

type MoreMenuProps = Pick<TestsToolbarProps, "tests" | "onAddLast" | "onFiles" | "onClear">;

function MoreMenu({ tests, onAddLast, onFiles, onClear }: MoreMenuProps) {
  return (
    <FilePicker onFiles={onFiles}>
      {(open) => (
        <ActionMenu
          label="More for tests"
          trigger={
            <Button variant="ghost" size="icon-sm" aria-label="More for tests" className="max-sm:size-11">
              <Ellipsis aria-hidden="true" />
            </Button>
          }
        >
          {onAddLast ? (
            <ActionItem onSelect={onAddLast}>
              <SquareTerminal aria-hidden="true" />
              Make a test of the last run
            </ActionItem>
          ) : null}
          <ActionItem onSelect={open}>
            <Upload aria-hidden="true" />
            Import…
          </ActionItem>
          {tests.length === 0 ? null : (
            <>
              <ActionItem onSelect={() => exportJson(tests)}>
                <Download aria-hidden="true" />
                Export as JSON
              </ActionItem>
              <ActionItem onSelect={() => exportZip(tests)}>
                <FileArchive aria-hidden="true" />
                Export as zip of .in and .out
              </ActionItem>
              <ActionSeparator />
              <ActionItem danger onSelect={onClear}>
                <Trash2 aria-hidden="true" />
                Delete all
              </ActionItem>
            </>
          )}
        </ActionMenu>
      )}
    </FilePicker>
  );
}

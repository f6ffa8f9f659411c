"use client";

import { useRef } from "react";
import type { RunTest } from "@/lib/schemas/run-test";
import { cn } from "../ui/cn";
import { NoTests } from "./no-tests";
import { TestRow } from "./test-row";
import { importTests } from "./test-transfer";
import { testsProblem, testsRoom } from "./tests-room";
import { TestsToolbar } from "./tests-toolbar";
import { useFileDrop } from "./use-file-drop";
import { useTestList } from "./use-test-list";
import type { Verdict } from "./verdict";

export interface TestsPanelProps {
  tests: readonly RunTest[];
  /** What is known of each, in the same order: `useVerdicts`. */
  results: readonly Verdict[];
  /** A run goes on, of whatever kind, so none can be started. */
  active: boolean;
  onChange: (tests: readonly RunTest[]) => void;
  /** Runs the tests at these places, all after one compile. */
  onRun: (places: readonly number[]) => void;
  /** Input and output of the last run of the program alone; `null` when there is none. */
  last: { stdin: string; stdout: string } | null;
}

/** The test cases of a program: edited, run, imported and exported here. */
export function TestsPanel({ tests, results, active, onChange, onRun, last }: TestsPanelProps) {
  const panel = useRef<HTMLElement>(null);
  // After the next paint: what is to have the focus may not be there yet. Never to the body: then the panel itself has it.
  const focus = (id: string | null) =>
    void requestAnimationFrame(() => ((id && document.getElementById(id)) || panel.current)?.focus());
  const list = useTestList(tests, onChange, focus);
  const take = async (files: readonly File[]) => {
    const read = await importTests(files);
    if (read.length > 0) list.add(read);
  };
  const drop = useFileDrop((files) => void take(files));
  const problem = testsProblem(tests);
  const canRun = !active && tests.length > 0 && problem === null;
  const actions = {
    onAdd: () =>
      list.add([{ name: `Test ${tests.length + 1}`, stdin: "", expected: "", compare: "trimmed" }]),
    onAddLast:
      last &&
      (() =>
        list.add([
          { name: `Test ${tests.length + 1}`, stdin: last.stdin, expected: last.stdout, compare: "trimmed" },
        ])),
    onFiles: (files: readonly File[]) => void take(files),
  };

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (canRun) onRun([...tests.keys()]);
  }

  return (
    <section
      ref={panel}
      aria-label="Tests"
      tabIndex={-1}
      data-takes-files
      onKeyDown={onKeyDown}
      {...drop.handlers}
      className={cn(
        "@container relative flex h-full min-h-0 flex-col bg-canvas outline-none",
        drop.over && "ring-2 ring-focus ring-inset",
      )}
    >
      <TestsToolbar
        tests={tests}
        results={results}
        canRun={canRun}
        onRun={onRun}
        onClear={list.clear}
        {...actions}
      />
      {problem === null ? null : (
        <p role="alert" className="bg-warn-wash px-4 py-2 text-base text-warn">
          {problem}
        </p>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {tests.length === 0 ? (
          <NoTests {...actions} />
        ) : (
          <>
            <ol aria-label="Test cases" className="border-line border-b bg-surface">
              {tests.map((test, at) => (
                <TestRow
                  key={list.rows[at]?.id}
                  test={test}
                  at={at}
                  count={tests.length}
                  verdict={results[at] ?? null}
                  list={list}
                  canRun={canRun}
                  onRun={() => onRun([at])}
                />
              ))}
            </ol>
            <p className="px-4 py-3 text-faint text-sm">
              {testsRoom(tests)} Each test runs the program with its own input. Run alone uses the program's
              input and no tests.
            </p>
          </>
        )}
      </div>
    </section>
  );
}

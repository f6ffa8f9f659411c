"use client";

import { useCallback } from "react";
import { splitArgs } from "@/lib/client/args";
import type { Draft } from "@/lib/client/drafts";
import { isActive, type RunState } from "@/lib/client/run-state";
import type { RunStore } from "@/lib/client/run-store";
import { useVerdicts } from "./use-verdicts";
import type { Verdict } from "./verdict";

interface TestsOptions {
  run: RunState;
  store: RunStore;
  /** Whose tests they are; a program's verdicts are its own. */
  program: string;
  draft: Draft | null;
  /** What a run is sent with: which program it is of. */
  ofRun: () => { programId?: string };
  /** A run of tests has been started. */
  onStart: () => void;
  onBadArgs: (message: string) => void;
}

export interface TestsControl {
  results: readonly Verdict[];
  /** Input and output of the last run of the program alone, to make a test of it. */
  last: { stdin: string; stdout: string } | null;
  /** Runs the tests of a program, or those at some places. */
  start: (language: string, draft: Draft, places?: readonly number[]) => void;
}

const NO_TESTS: Draft["tests"] = [];

/** The tests of the program in the editor: what is known of them, and how they are run. */
export function useTests(options: TestsOptions): TestsControl {
  const { run, store, program, draft, ofRun, onStart, onBadArgs } = options;
  const results = useVerdicts(run, draft?.tests ?? NO_TESTS, program);
  const start = useCallback(
    (language: string, { options, code, args: line, files, tests }: Draft, places?: readonly number[]) => {
      const chosen = places ? tests.filter((_, at) => places.includes(at)) : [...tests];
      if (isActive(store.get()) || chosen.length === 0) return;
      const args = splitArgs(line);
      if (!args.ok) return onBadArgs(args.message);
      store.start(
        {
          ...{ language, options: options && { ...options }, code, args: args.args, files: [...files] },
          ...{ tests: chosen, mode: "batch", ...ofRun() },
        },
        program,
      );
      onStart();
    },
    [store, program, ofRun, onStart, onBadArgs],
  );
  return { results, last: lastOf(run), start };
}

function lastOf(run: RunState): TestsControl["last"] {
  if (run.phase.name !== "done" || run.tests.length > 0) return null;
  const typed = run.transcript.filter(({ kind }) => kind === "typed").map(({ text }) => text);
  return { stdin: run.stdin + typed.join(""), stdout: run.stdout };
}

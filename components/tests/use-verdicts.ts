"use client";

import { useMemo } from "react";
import { isActive, type RunState } from "@/lib/client/run-state";
import { testKey } from "@/lib/client/test-key";
import type { RunTest } from "@/lib/schemas/run-test";
import type { Verdict } from "./verdict";

/**
 * What is known of each test case of a program, in their order: also from earlier runs, where only some were run again. One that is
 * changed has no verdict any more.
 */
export function useVerdicts(run: RunState, tests: readonly RunTest[], program: string): readonly Verdict[] {
  const active = isActive(run);
  return useMemo(() => {
    if (run.testedProgram !== program) return tests.map(() => null);
    const waits = run.tests.filter(({ result }) => active && result === null);
    const waiting = new Set(waits.map(({ test }) => testKey(test)));
    return tests.map((test): Verdict => {
      const key = testKey(test);
      return waiting.has(key) ? "waiting" : (run.verdicts.get(key) ?? null);
    });
  }, [run.testedProgram, run.tests, run.verdicts, active, tests, program]);
}

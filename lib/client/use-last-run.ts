"use client";

import { useEffect } from "react";
import { createLastRuns, type LastRuns } from "./last-runs";
import type { RunState } from "./run-state";
import type { RunStore } from "./run-store";
import { browserStorage, tabStorage } from "./storage";

const lastRuns = createLastRuns(tabStorage, browserStorage);

/**
 * Brings the last run of a program back when it is opened and nothing else was run yet, and keeps each run to be brought back. `program` is
 * what the page names it, as in `RunStore.start`; `null` while it is not known.
 */
export function useLastRun(store: RunStore, program: string | null): void {
  useEffect(() => {
    if (program === null || store.get().phase.name !== "idle") return;
    const kept = lastRuns.load(program);
    if (kept === null) return;
    void store.resume(program, kept).then((there) => {
      if (!there) lastRuns.forget(program);
    });
  }, [store, program]);

  useEffect(() => {
    let before = store.get();
    return store.subscribe(() => {
      const now = store.get();
      keep(lastRuns, before, now);
      before = now;
    });
  }, [store]);
}

/** Keeps what has changed of the run. */
export function keep(runs: LastRuns, before: RunState, now: RunState): void {
  // Cleared by hand, so it stays away; `loading` is only on its way back.
  if (now.phase.name === "idle" && before.program !== "") runs.forget(before.program);
  if (now.program === "" || now.runId === "") return;
  const same =
    now.runId === before.runId && now.typed === before.typed && now.inputEnded === before.inputEnded;
  if (!same) runs.save(now.program, now);
}

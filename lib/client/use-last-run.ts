"use client";

import { useEffect, useRef } from "react";
import { createLastRuns, keepLastRun } from "./last-runs";
import type { RunStore } from "./run-store";
import { browserStorage, tabStorage } from "./storage";

const lastRuns = createLastRuns(tabStorage, browserStorage);

/**
 * Brings the last run of a program back when it is opened and nothing else was run yet, and keeps each run to be brought back. `program` is
 * what the page names it, as in `RunStore.start`; `null` while it is not known.
 */
export function useLastRun(store: RunStore, program: string | null): void {
  const other = useRef(false);
  useEffect(() => {
    if (program === null) return;
    // A run that is opened in the editor replaces the program: its last result would stand beside another one.
    other.current ||= new URL(window.location.href).searchParams.has("fork");
    if (other.current || store.get().phase.name !== "idle") return;
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
      keepLastRun(lastRuns, before, now);
      before = now;
    });
  }, [store]);
}

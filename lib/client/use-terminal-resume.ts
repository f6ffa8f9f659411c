"use client";

import { useEffect } from "react";
import * as z from "zod";
import { isActive, type RunState } from "./run-state";
import type { RunStore } from "./run-store";
import { safeStorage } from "./storage";

/** Of this tab alone: another tab has its own terminal. */
const tab = safeStorage(() => window.sessionStorage);
const KEY = "quicksand:terminal:v1";
const openRunSchema = z.object({ id: z.string().min(1), language: z.string().min(1) });

/**
 * A program in a terminal survives a reload of the page, which then shows the terminal again with all that was printed. One whose page does
 * not come back is hung up by the server.
 */
export function useTerminalResume(store: RunStore, run: RunState): void {
  useEffect(() => {
    const open = read();
    if (open) store.resume(open);
  }, [store]);

  const { runId, language, terminal } = run;
  const goesOn = terminal && isActive(run);
  const over = run.phase.name === "done" || run.phase.name === "failed";
  useEffect(() => {
    if (goesOn && runId !== "") tab.set(KEY, JSON.stringify({ id: runId, language }));
    if (over) tab.set(KEY, "");
  }, [goesOn, over, runId, language]);
}

function read(): z.infer<typeof openRunSchema> | null {
  try {
    return openRunSchema.safeParse(JSON.parse(tab.get(KEY) || "null")).data ?? null;
  } catch {
    return null;
  }
}

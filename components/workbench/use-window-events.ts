"use client";

import { useEffect } from "react";
import type { RunStore } from "@/lib/client/run-store";

/** Ctrl+Enter or ⌘+Enter runs from anywhere on the page. Monaco handles it itself. */
export function useRunKey(start: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      start();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [start]);
}

/** Runs are started detached, to survive a dropped connection, so leaving the page must cancel them. */
export function useCancelOnLeave(store: RunStore): void {
  useEffect(() => {
    window.addEventListener("pagehide", store.abandon);
    return () => window.removeEventListener("pagehide", store.abandon);
  }, [store]);
}

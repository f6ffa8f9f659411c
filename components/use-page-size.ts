"use client";

import { useSyncExternalStore } from "react";

/** Room for the panes: side by side, stacked, or one at a time. */
export type PageSize = "wide" | "medium" | "narrow";

const WIDE = "(min-width: 900px)";
const MEDIUM = "(min-width: 640px) and (min-height: 480px)";

function subscribe(onChange: () => void): () => void {
  const queries = [window.matchMedia(WIDE), window.matchMedia(MEDIUM)];
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}

function read(): PageSize {
  if (window.matchMedia(WIDE).matches) return "wide";
  return window.matchMedia(MEDIUM).matches ? "medium" : "narrow";
}

export function usePageSize(): PageSize {
  return useSyncExternalStore(subscribe, read, () => "wide");
}

"use client";

import { useSyncExternalStore } from "react";

/**
 * Room for the panes: as the person likes, stacked, or one at a time. `short` is a phone on its side: there is only room side by side, and
 * none to spare.
 */
export type PageSize = "wide" | "medium" | "short" | "narrow";

const WIDE = "(min-width: 900px)";
const MEDIUM = "(min-width: 640px) and (min-height: 480px)";
const SHORT = "(min-width: 640px) and (max-height: 479.98px)";
const QUERIES = [WIDE, MEDIUM, SHORT];

function subscribe(onChange: () => void): () => void {
  const queries = QUERIES.map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}

function read(): PageSize {
  if (window.matchMedia(SHORT).matches) return "short";
  if (window.matchMedia(WIDE).matches) return "wide";
  return window.matchMedia(MEDIUM).matches ? "medium" : "narrow";
}

export function usePageSize(): PageSize {
  return useSyncExternalStore(subscribe, read, () => "wide");
}

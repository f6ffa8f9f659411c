"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type HistoryFilters, historyUrl, readFilters } from "./history-query";

/** The filters, stored only in the URL: reload, bookmark and copied link show the same list. */
export function useHistoryFilters(): [HistoryFilters, (patch: Partial<HistoryFilters>) => void] {
  const search = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const update = useCallback((patch: Partial<HistoryFilters>) => {
    // Read again: two updates may come before the next render.
    const current = readFilters(new URLSearchParams(window.location.search));
    window.history.replaceState(null, "", historyUrl({ ...current, ...patch }));
  }, []);
  return [filters, update];
}

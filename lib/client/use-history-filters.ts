"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type HistoryFilters, historyUrl, readFilters } from "./history-query";

/** The filters, kept in the address alone: a reload, a bookmark and a copied link show the same list. */
export function useHistoryFilters(): [HistoryFilters, (patch: Partial<HistoryFilters>) => void] {
  const search = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const update = useCallback((patch: Partial<HistoryFilters>) => {
    // Read anew: two changes may come before the next drawing.
    const current = readFilters(new URLSearchParams(window.location.search));
    window.history.replaceState(null, "", historyUrl({ ...current, ...patch }));
  }, []);
  return [filters, update];
}

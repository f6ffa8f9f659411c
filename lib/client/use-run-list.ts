"use client";

import { useEffect, useMemo, useRef } from "react";
import type { RunSummary } from "../schemas/history";
import { call } from "./api";
import { type HistoryFilters, toQuery } from "./history-query";
import { type PagedList, usePagedList } from "./use-paged-list";

const PAGE_ROWS = "50";

export type RunList = PagedList<RunSummary>;

/** The viewer's runs that match the filters, newest first. */
export function useRunList(filters: HistoryFilters): RunList {
  const query = useMemo(() => toQuery(filters, new Date()), [filters]);
  return usePagedList("runs", query, async (page) => {
    const { runs, nextCursor } = await call("listRuns", { query: { ...page, limit: PAGE_ROWS } });
    return { rows: runs, nextCursor };
  });
}

/** Loads the next page while the element is near the viewport, repeatedly if a page does not fill it. */
export function useMoreWhenNear(list: Pick<PagedList<unknown>, "ended" | "loading" | "error" | "more">) {
  const element = useRef<HTMLDivElement>(null);
  const { ended, loading, error, more } = list;
  useEffect(() => {
    const target = element.current;
    if (!target || ended || loading || error) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        more();
      },
      { rootMargin: "600px 0px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [ended, loading, error, more]);
  return element;
}

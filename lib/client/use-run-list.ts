"use client";

import { useCallback, useEffect, useMemo, useRef } from "react";
import useSWRInfinite from "swr/infinite";
import type { RunPage, RunSummary } from "../schemas/history";
import { type ApiError, call } from "./api";
import { type HistoryFilters, toQuery } from "./history-query";

const PAGE_ROWS = "50";

export interface RunList {
  /** Newest first, without duplicates; `null` until the first page has loaded. */
  runs: readonly RunSummary[] | null;
  error: ApiError | null;
  /** A page is being loaded. */
  loading: boolean;
  /** There are no further pages. */
  ended: boolean;
  more: () => void;
  refresh: () => void;
  /** Applies a change locally, without a request. */
  patch: (id: string, change: Partial<RunSummary>) => void;
}

type Key = readonly ["runs", Record<string, string>, string | null];

/** The viewer's runs that match the filters, paginated. */
export function useRunList(filters: HistoryFilters): RunList {
  const query = useMemo(() => toQuery(filters, new Date()), [filters]);
  const { data, error, isValidating, setSize, mutate } = useSWRInfinite<RunPage, ApiError>(
    (_index: number, previous: RunPage | null): Key | null =>
      previous?.nextCursor === null ? null : ["runs", query, previous?.nextCursor ?? null],
    ([, wanted, cursor]: Key) =>
      call("listRuns", { query: { ...wanted, limit: PAGE_ROWS, ...(cursor && { cursor }) } }),
    { keepPreviousData: true, shouldRetryOnError: false },
  );

  const runs = useMemo(() => (data ? unique(data.flatMap((page) => page.runs)) : null), [data]);
  const patch = useCallback(
    (id: string, change: Partial<RunSummary>) => {
      const edit = (run: RunSummary) => (run.id === id ? { ...run, ...change } : run);
      void mutate((pages) => pages?.map((page) => ({ ...page, runs: page.runs.map(edit) })), {
        revalidate: false,
      });
    },
    [mutate],
  );
  return {
    runs,
    error: error ?? null,
    loading: isValidating,
    ended: data?.at(-1)?.nextCursor === null,
    more: useCallback(() => void setSize((size) => size + 1), [setSize]),
    refresh: useCallback(() => void mutate(), [mutate]),
    patch,
  };
}

/** A run that moved to the next page between two requests occurs twice. */
function unique(runs: readonly RunSummary[]): RunSummary[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

/** Loads the next page while the element is near the viewport, repeatedly if a page does not fill it. */
export function useMoreWhenNear(list: Pick<RunList, "ended" | "loading" | "error" | "more">) {
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

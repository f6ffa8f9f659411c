"use client";

import { useCallback, useMemo } from "react";
import useSWRInfinite from "swr/infinite";
import type { ApiError } from "./api";

interface PageOf<Row> {
  rows: readonly Row[];
  /** `null` on the last page. */
  nextCursor: string | null;
}

/** A list that is loaded page by page. */
export interface PagedList<Row> {
  /** In order, each once; `null` until the first page has loaded. */
  rows: readonly Row[] | null;
  error: ApiError | null;
  loading: boolean;
  ended: boolean;
  more: () => void;
  refresh: () => void;
  /** Applies a change locally, without a request. */
  patch: (id: string, change: Partial<Row>) => void;
}

type Key = readonly [name: string, query: Readonly<Record<string, string>>, cursor: string | null];

/** Loads the pages of a list; `name` and `query` say of which, and another query begins another list. */
export function usePagedList<Row extends { id: string }>(
  name: string,
  query: Readonly<Record<string, string>>,
  fetchPage: (query: Readonly<Record<string, string>>) => Promise<PageOf<Row>>,
): PagedList<Row> {
  const { data, error, isValidating, setSize, mutate } = useSWRInfinite<PageOf<Row>, ApiError>(
    (_index: number, previous: PageOf<Row> | null): Key | null =>
      previous?.nextCursor === null ? null : [name, query, previous?.nextCursor ?? null],
    ([, wanted, cursor]: Key) => fetchPage({ ...wanted, ...(cursor && { cursor }) }),
    { keepPreviousData: true, shouldRetryOnError: false },
  );
  const rows = useMemo(() => (data ? unique(data.flatMap((page) => page.rows)) : null), [data]);
  const patch = useCallback(
    (id: string, change: Partial<Row>) => {
      const edit = (row: Row) => (row.id === id ? { ...row, ...change } : row);
      void mutate((pages) => pages?.map((page) => ({ ...page, rows: page.rows.map(edit) })), {
        revalidate: false,
      });
    },
    [mutate],
  );
  return {
    rows,
    error: error ?? null,
    loading: isValidating,
    ended: data?.at(-1)?.nextCursor === null,
    more: useCallback(() => void setSize((size) => size + 1), [setSize]),
    refresh: useCallback(() => void mutate(), [mutate]),
    patch,
  };
}

/** A row that moved to the next page between two requests comes twice. */
function unique<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

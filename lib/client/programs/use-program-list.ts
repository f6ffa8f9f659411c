"use client";

import { useCallback, useMemo } from "react";
import useSWRInfinite from "swr/infinite";
import type { ProgramPage, ProgramSummary } from "../../schemas/program";
import { type ApiError, call } from "../api";

const PAGE_ROWS = "50";

/** Empty and `null` do not filter. */
export interface ProgramFilters {
  q: string;
  language: string | null;
}

export interface ProgramList {
  /** The last changed first, without duplicates; `null` until the first page has loaded. */
  programs: readonly ProgramSummary[] | null;
  error: ApiError | null;
  loading: boolean;
  ended: boolean;
  more: () => void;
  refresh: () => void;
  /** Applies a change locally, without a request. */
  patch: (id: string, change: Partial<ProgramSummary>) => void;
}

type Key = readonly ["programs", Record<string, string>, string | null];

/** The viewer's programs that match the filters, paginated. */
export function useProgramList({ q, language }: ProgramFilters): ProgramList {
  const query = useMemo(
    () => ({ ...(q.trim() === "" ? {} : { q: q.trim() }), ...(language ? { language } : {}) }),
    [q, language],
  );
  const { data, error, isValidating, setSize, mutate } = useSWRInfinite<ProgramPage, ApiError>(
    (_index: number, previous: ProgramPage | null): Key | null =>
      previous?.nextCursor === null ? null : ["programs", query, previous?.nextCursor ?? null],
    ([, wanted, cursor]: Key) =>
      call("listPrograms", { query: { ...wanted, limit: PAGE_ROWS, ...(cursor && { cursor }) } }),
    { keepPreviousData: true, shouldRetryOnError: false },
  );
  const programs = useMemo(
    // One that was changed between two requests comes twice.
    () =>
      data ? [...new Map(data.flatMap((page) => page.programs).map((row) => [row.id, row])).values()] : null,
    [data],
  );
  const patch = useCallback(
    (id: string, change: Partial<ProgramSummary>) => {
      const edit = (row: ProgramSummary) => (row.id === id ? { ...row, ...change } : row);
      void mutate((pages) => pages?.map((page) => ({ ...page, programs: page.programs.map(edit) })), {
        revalidate: false,
      });
    },
    [mutate],
  );
  return {
    programs,
    error: error ?? null,
    loading: isValidating,
    ended: data?.at(-1)?.nextCursor === null,
    more: useCallback(() => void setSize((size) => size + 1), [setSize]),
    refresh: useCallback(() => void mutate(), [mutate]),
    patch,
  };
}

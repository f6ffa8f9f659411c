"use client";

import { useMemo } from "react";
import type { ProgramSummary } from "../../schemas/program";
import { call } from "../api";
import { type PagedList, usePagedList } from "../use-paged-list";

const PAGE_ROWS = "50";

/** Empty and `null` do not filter. */
export interface ProgramFilters {
  q: string;
  language: string | null;
}

export type ProgramList = PagedList<ProgramSummary>;

/** The viewer's programs that match the filters, the last changed first. */
export function useProgramList({ q, language }: ProgramFilters): ProgramList {
  const query = useMemo(
    () => ({ ...(q.trim() === "" ? {} : { q: q.trim() }), ...(language ? { language } : {}) }),
    [q, language],
  );
  return usePagedList("programs", query, async (page) => {
    const { programs, nextCursor } = await call("listPrograms", { query: { ...page, limit: PAGE_ROWS } });
    return { rows: programs, nextCursor };
  });
}

"use client";

import { useMemo } from "react";
import useSWRInfinite from "swr/infinite";
import type { ReportCase } from "../schemas/moderation";
import { type ApiError, call } from "./api";
import { OPTIONS, type Pages, pages, refreshAuditLog, unique } from "./use-admin";

type CasePage = { cases: ReportCase[]; nextCursor: string | null };
type Key = readonly [string, string, string | null];

export type CaseState = "open" | "decided";

export interface CaseList extends Pages<ReportCase> {
  /** Rejects with `ApiError`. */
  dismiss: (id: string) => Promise<void>;
  restore: (run: string) => Promise<void>;
  /** Asks for the list anew, and for the audit log. */
  changed: () => void;
}

/** Reported runs that wait for a decision, or those that had one. */
export function useReports(state: CaseState): CaseList {
  const list = useSWRInfinite<CasePage, ApiError>(
    (_index: number, previous: CasePage | null): Key | null =>
      previous?.nextCursor === null ? null : ["admin-reports", state, previous?.nextCursor ?? null],
    ([, , cursor]: Key) => call("adminReports", { query: { state, ...(cursor && { cursor }) } }),
    { ...OPTIONS, keepPreviousData: false },
  );
  const { data, mutate } = list;
  const items = useMemo(() => (data ? unique(data.flatMap(({ cases }) => cases)) : null), [data]);
  const changed = () => {
    void mutate();
    refreshAuditLog();
  };
  return {
    ...pages(list, items),
    changed,
    async dismiss(id) {
      await call("adminDismissReport", { params: { id }, body: { decision: "dismissed" } });
      changed();
    },
    async restore(run) {
      await call("adminUpdateRun", { params: { id: run }, body: { takenDown: false } });
      changed();
    },
  };
}

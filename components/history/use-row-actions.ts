"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo } from "react";
import { ApiError, call } from "@/lib/client/api";
import { forkUrl, requestAutoRun } from "@/lib/client/fork";
import { toast } from "@/lib/client/toast";
import type { RunList } from "@/lib/client/use-run-list";
import type { RunChange, RunSummary } from "@/lib/schemas/history";
import { deleteWithUndo } from "./run-deletes";

/** Actions of one run of the list. */
export interface RowActions {
  rename: (run: RunSummary, title: string) => void;
  pin: (run: RunSummary, pinned: boolean) => void;
  remove: (run: RunSummary) => void;
  runAgain: (run: RunSummary) => void;
  select: (id: string) => void;
}

/** The actions of every row. Renaming and pinning show at once and are rolled back when the server refuses. */
export function useRowActions(
  list: RunList,
  setSelected: (edit: (ids: readonly string[]) => readonly string[]) => void,
): RowActions {
  const router = useRouter();
  const { patch } = list;
  const change = useCallback(
    async (run: RunSummary, body: Pick<RunChange, "title" | "pinned">, failed: string) => {
      patch(run.id, body as Partial<RunSummary>);
      try {
        patch(run.id, await call("updateRun", { params: { id: run.id }, body }));
      } catch (error) {
        patch(run.id, run);
        toast(failed, { description: error instanceof ApiError ? error.message : "Try again." });
      }
    },
    [patch],
  );
  return useMemo(
    () => ({
      rename: (run, title) => void change(run, { title: title || null }, "The run could not be renamed"),
      pin: (run, pinned) => void change(run, { pinned }, "The pin could not be changed"),
      remove: deleteWithUndo,
      runAgain: (run) => {
        requestAutoRun(run.id);
        router.push(forkUrl(run.id));
      },
      // A third selection replaces the first.
      select: (id) =>
        setSelected((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-2))),
    }),
    [change, router, setSelected],
  );
}

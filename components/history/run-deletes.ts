"use client";

import { useSyncExternalStore } from "react";
import { toast } from "sonner";
import { ApiError, call } from "@/lib/client/api";
import { createPendingDeletes, UNDO_MS } from "@/lib/client/pending-deletes";
import type { RunSummary } from "@/lib/schemas/history";

/** One for the tab: going from one page of ours to another neither loses a deletion nor the way to undo it. */
const deletes = createPendingDeletes({
  async remove(id, leaving) {
    try {
      await call("deleteRun", { params: { id }, keepalive: leaving });
    } catch (error) {
      // Gone already, by another tab perhaps: that is what was wanted.
      if (!(error instanceof ApiError && error.code === "not_found")) throw error;
    }
  },
  onFailure(_id, error) {
    toast("The run could not be deleted", {
      description: error instanceof ApiError ? error.message : "Try again.",
    });
  },
});

// For as long as the tab lives, not a component: the page that is left may be another one of ours by then.
if (typeof window !== "undefined") window.addEventListener("pagehide", deletes.flush);

const NONE: ReadonlySet<string> = new Set();

/** Ids of runs that are being deleted, and so must not be shown. */
export function useDeleted(): ReadonlySet<string> {
  return useSyncExternalStore(deletes.subscribe, deletes.hidden, () => NONE);
}

/** Deletes a run, with a few seconds to think better of it. */
export function deleteWithUndo(run: Pick<RunSummary, "id" | "title">): void {
  deletes.add(run.id);
  toast(run.title ? `“${run.title}” deleted` : "Run deleted", {
    duration: UNDO_MS,
    action: { label: "Undo", onClick: () => deletes.undo(run.id) },
  });
}

"use client";

import { useSyncExternalStore } from "react";
import { ApiError, call } from "@/lib/client/api";
import { createPendingDeletes, UNDO_MS } from "@/lib/client/pending-deletes";
import { toast } from "@/lib/client/toast";
import type { RunSummary } from "@/lib/schemas/history";

/** One per tab, so that client-side navigation loses neither a pending deletion nor its undo. */
const deletes = createPendingDeletes({
  async remove(id, leaving) {
    try {
      await call("deleteRun", { params: { id }, keepalive: leaving });
    } catch (error) {
      // Already deleted, perhaps in another tab.
      if (!(error instanceof ApiError && error.code === "not_found")) throw error;
    }
  },
  onFailure(_id, error) {
    toast("The run could not be deleted", {
      description: error instanceof ApiError ? error.message : "Try again.",
    });
  },
});

// Bound to the tab's lifetime, not a component's, which may be unmounted by navigation.
if (typeof window !== "undefined") window.addEventListener("pagehide", deletes.flush);

const NONE: ReadonlySet<string> = new Set();

/** Ids of runs with a pending deletion, which are hidden. */
export function useDeleted(): ReadonlySet<string> {
  return useSyncExternalStore(deletes.subscribe, deletes.hidden, () => NONE);
}

/** Deletes a run after a delay in which it can be undone. */
export function deleteWithUndo(run: Pick<RunSummary, "id" | "title">): void {
  deletes.add(run.id);
  toast(run.title ? `“${run.title}” deleted` : "Run deleted", {
    duration: UNDO_MS,
    action: { label: "Undo", onClick: () => deletes.undo(run.id) },
  });
}

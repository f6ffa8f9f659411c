"use client";

import { useSyncExternalStore } from "react";
import { ApiError, call } from "@/lib/client/api";
import { createPendingDeletes, UNDO_MS } from "@/lib/client/pending-deletes";
import { forgetProgram } from "@/lib/client/programs/this-desk";
import { toast } from "@/lib/client/toast";
import type { ProgramSummary } from "@/lib/schemas/program";

/** One per tab, so that client-side navigation loses neither a pending deletion nor its undo. */
const deletes = createPendingDeletes({
  async remove(id, leaving) {
    try {
      await call("deleteProgram", { params: { id }, keepalive: leaving });
    } catch (error) {
      // Already deleted, perhaps in another tab.
      if (!(error instanceof ApiError && error.code === "not_found")) throw error;
    }
    forgetProgram(id);
  },
  onFailure(_id, error) {
    toast("The program could not be deleted", {
      description: error instanceof ApiError ? error.message : "Try again.",
    });
  },
});

// Bound to the tab's lifetime, not a component's, which may be unmounted by navigation.
if (typeof window !== "undefined") window.addEventListener("pagehide", deletes.flush);

const NONE: ReadonlySet<string> = new Set();

/** Ids of programs with a pending deletion, which are hidden. */
export function useDeletedPrograms(): ReadonlySet<string> {
  return useSyncExternalStore(deletes.subscribe, deletes.hidden, () => NONE);
}

/** Deletes a program after a delay in which it can be undone. */
export function deleteProgramWithUndo({ id, title }: Pick<ProgramSummary, "id" | "title">): void {
  deletes.add(id);
  toast(`“${title}” deleted`, {
    description: "Its runs stay in the history.",
    duration: UNDO_MS,
    action: { label: "Undo", onClick: () => deletes.undo(id) },
  });
}

"use client";

import { useEffect, useState } from "react";
import { ApiError, call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import type { ModerationReason } from "@/lib/schemas/moderation";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ReasonFields } from "./reason-fields";

interface TakeDownDialogProps {
  /** `null` while nothing is to be taken down. */
  runId: string | null;
  /** Chosen at first, as by most of the reports. */
  suggested: ModerationReason;
  onClose: () => void;
  onDone: () => void;
}

/** Asks an admin why a run is to be taken down, which its owner then reads. */
export function TakeDownDialog({ runId, suggested, onClose, onDone }: TakeDownDialogProps) {
  const [reason, setReason] = useState(suggested);
  const [note, setNote] = useState("");
  useEffect(() => {
    if (runId === null) return;
    setReason(suggested);
    setNote("");
  }, [runId, suggested]);

  async function takeDown(): Promise<boolean> {
    if (runId === null) return true;
    try {
      await call("adminUpdateRun", { params: { id: runId }, body: { takenDown: true, reason, note } });
      toast("The run is taken down");
      onDone();
      return true;
    } catch (error) {
      const description = error instanceof ApiError ? error.message : "Try again.";
      toast("The run could not be taken down", { description });
      return false;
    }
  }

  return (
    <ConfirmDialog
      open={runId !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Take this run down?"
      description="Nobody but its owner can see it then, at any of its addresses. The owner is told the reason, and you can restore it."
      action="Take down"
      danger
      onConfirm={takeDown}
    >
      <ReasonFields
        reason={reason}
        onReason={setReason}
        text={note}
        onText={setNote}
        textLabel="A note for its owner (optional)"
      />
    </ConfirmDialog>
  );
}

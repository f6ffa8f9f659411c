"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ApiError, call } from "@/lib/client/api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

const WORD = "delete";

interface DeleteAllDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
}

/** Deleting everything cannot be undone, so it takes a word that nobody types by accident. */
export function DeleteAllDialog({ open, onOpenChange, onDeleted }: DeleteAllDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Delete all runs?"
      description="Every run of yours goes, pinned ones too, with its code, output and files. Links you shared stop working. This cannot be undone."
    >
      <Confirmation onClose={() => onOpenChange(false)} onDeleted={onDeleted} />
    </Dialog>
  );
}

function Confirmation({ onClose, onDeleted }: { onClose: () => void; onDeleted: () => void }) {
  const [word, setWord] = useState("");
  const [busy, setBusy] = useState(false);
  const confirmed = word.trim().toLowerCase() === WORD;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!confirmed || busy) return;
    setBusy(true);
    try {
      const { deleted } = await call("deleteRuns");
      toast(deleted === 1 ? "1 run deleted" : `${deleted} runs deleted`);
      onDeleted();
      onClose();
    } catch (error) {
      toast("The runs could not be deleted", {
        description: error instanceof ApiError ? error.message : "Try again.",
      });
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="mt-4">
      <label className="block">
        <span className="mb-1 block text-base">
          Type <strong className="font-mono">{WORD}</strong> to confirm
        </span>
        <input
          value={word}
          onChange={(event) => setWord(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="block h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 font-mono text-base focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus"
        />
      </label>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          disabled={!confirmed || busy}
          className="border-transparent bg-bad text-surface hover:bg-bad/90"
        >
          Delete all
        </Button>
      </div>
    </form>
  );
}

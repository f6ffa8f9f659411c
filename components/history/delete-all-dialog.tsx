"use client";

import { useState } from "react";
import { call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import { FormProblem } from "../form/form-problem";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

const WORD = "delete";

interface DeleteAllDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
}

/** Deletes all runs. Final, so it takes a typed word. */
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
  const confirmed = word.trim().toLowerCase() === WORD;
  const { busy, problem, submit } = useSubmit({
    read: () => (confirmed ? WORD : null),
    async send() {
      const { deleted } = await call("deleteRuns");
      toast(deleted === 1 ? "1 run deleted" : `${deleted} runs deleted`);
      onDeleted();
      onClose();
    },
  });

  return (
    <form onSubmit={submit} className="mt-4">
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
      {problem ? (
        <div className="mt-3">
          <FormProblem>The runs could not be deleted. {problem.message}</FormProblem>
        </div>
      ) : null}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" aria-busy={busy} disabled={!confirmed}>
          Delete all
        </Button>
      </div>
    </form>
  );
}

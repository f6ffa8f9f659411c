"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  /** The label of the confirming button. */
  action: string;
  danger?: boolean;
  /** Resolves to false to keep the dialog open. */
  onConfirm: () => Promise<boolean>;
  children?: ReactNode;
}

/** Asks before something that cannot be undone or affects others. */
export function ConfirmDialog({ open, onOpenChange, title, description, ...rest }: ConfirmDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <Answer {...rest} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

type AnswerProps = Pick<ConfirmDialogProps, "action" | "danger" | "onConfirm" | "children"> & {
  onClose: () => void;
};

function Answer({ action, danger = false, onConfirm, children, onClose }: AnswerProps) {
  const [busy, setBusy] = useState(false);
  async function confirm(): Promise<void> {
    if (busy) return;
    setBusy(true);
    if (await onConfirm()) onClose();
    else setBusy(false);
  }
  return (
    <>
      {children}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant={danger ? "danger" : "primary"} aria-busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </div>
    </>
  );
}

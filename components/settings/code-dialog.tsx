"use client";

import { CodeForm } from "../account/code-form";
import { Dialog } from "../ui/dialog";

interface CodeDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  action: string;
  danger?: boolean;
  /** Rejects with `ApiError` when the code is wrong, which keeps the dialog open. */
  onCode: (code: string) => Promise<void>;
}

/** Asks for a code before what it protects is changed. */
export function CodeDialog({ open, onClose, title, description, onCode, ...rest }: CodeDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={title}
      description={description}
    >
      <div className="mt-4">
        <CodeForm
          {...rest}
          label="Code"
          hint="Of your app, or a recovery code."
          onCancel={onClose}
          onCode={async (code) => {
            await onCode(code);
            onClose();
          }}
        />
      </div>
    </Dialog>
  );
}

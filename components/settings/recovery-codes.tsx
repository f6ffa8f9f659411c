"use client";

import { Copy, Download } from "lucide-react";
import { copyText } from "../share/copy-text";
import { Button, buttonStyle } from "../ui/button";
import { Dialog } from "../ui/dialog";

interface RecoveryCodesProps {
  /** `null` while there are none to show. */
  codes: readonly string[] | null;
  onClose: () => void;
}

/** New recovery codes. They are shown once: the server keeps hashes. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  const text = `${codes?.join("\n") ?? ""}\n`;
  return (
    <Dialog
      open={codes !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Keep your recovery codes"
      description="Each signs in once when your phone is not there. Print them, or put them into a password manager: when this is closed, nobody can show them again."
    >
      <ol className="mt-4 grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-lg tabular-nums">
        {codes?.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button onClick={() => void copyText(text, "Codes copied")}>
          <Copy aria-hidden="true" />
          Copy
        </Button>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="quicksand-recovery-codes.txt"
          className={buttonStyle()}
        >
          <Download aria-hidden="true" />
          Save
        </a>
        <Button variant="primary" onClick={onClose}>
          I have kept them
        </Button>
      </div>
    </Dialog>
  );
}

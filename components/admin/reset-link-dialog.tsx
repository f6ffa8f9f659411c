"use client";

import { Copy } from "lucide-react";
import { useId } from "react";
import { formatUpcoming } from "@/lib/client/time-text";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** A link that an admin has made for somebody. */
export interface ResetLink {
  email: string;
  url: string;
  expiresAt: string;
}

interface ResetLinkDialogProps {
  link: ResetLink | null;
  onClose: () => void;
}

/** Shows the link once; it is kept only as a hash. */
export function ResetLinkDialog({ link, onClose }: ResetLinkDialogProps) {
  const id = useId();
  return (
    <Dialog
      open={link !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="A link to choose another password"
      description={`Hand it to the owner of ${link?.email ?? ""}, and to nobody else: whoever opens it first has the account.`}
    >
      <div className="mt-4 space-y-4">
        <div>
          <label htmlFor={id} className="mb-1 block font-medium text-base">
            Link
          </label>
          <div className="flex gap-2">
            <input
              id={id}
              readOnly
              value={link?.url ?? ""}
              onFocus={(event) => event.target.select()}
              className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-base focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus"
            />
            <Button
              variant="primary"
              className="h-9"
              onClick={() => void copyText(link?.url ?? "", "Link copied")}
            >
              <Copy aria-hidden="true" />
              Copy
            </Button>
          </div>
          <p className="mt-1 text-muted text-sm">
            It works once and ends {link ? formatUpcoming(new Date(link.expiresAt), new Date()) : ""}. It is
            in the audit log that you made it.
          </p>
        </div>
        <div className="flex justify-end">
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Dialog>
  );
}

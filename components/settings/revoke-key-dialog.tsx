"use client";

import { ApiError, call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import type { ApiKeyView } from "@/lib/schemas/account";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { useLastNonNull } from "../use-last-non-null";

interface RevokeKeyDialogProps {
  /** `null` while the dialog is closed. */
  apiKey: ApiKeyView | null;
  onClose: () => void;
  onRevoked: () => void;
}

/** Confirms revoking a key, which cannot be undone. */
export function RevokeKeyDialog({ apiKey, onClose, onRevoked }: RevokeKeyDialogProps) {
  const shown = useLastNonNull(apiKey);

  async function revoke(): Promise<boolean> {
    if (!shown) return true;
    try {
      await call("revokeKey", { params: { id: shown.id } });
      toast(`“${shown.name}” is revoked`);
    } catch (error) {
      // Already revoked, perhaps in another tab.
      if (!(error instanceof ApiError && error.code === "not_found")) {
        toast("The key could not be revoked", {
          description: error instanceof ApiError ? error.message : "Try again.",
        });
        return false;
      }
    }
    onRevoked();
    return true;
  }

  return (
    <ConfirmDialog
      open={apiKey !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Revoke “${shown?.name ?? ""}”?`}
      description="Programs that use this key are refused from their next request on. This cannot be undone."
      action="Revoke key"
      danger
      onConfirm={revoke}
    />
  );
}

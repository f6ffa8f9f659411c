"use client";

import { ShieldX } from "lucide-react";
import { useState } from "react";
import { ConfirmPassword } from "../account/confirm-password";
import { Button } from "../ui/button";
import { TakeDownDialog } from "./take-down-dialog";

/** For admins, on the page of somebody else's run. */
export function TakeDownButton({ runId }: { runId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        <ShieldX aria-hidden="true" />
        Take down
      </Button>
      <TakeDownDialog
        runId={open ? runId : null}
        suggested="other"
        onClose={() => setOpen(false)}
        // The page is gone for this admin, too.
        onDone={() => window.location.assign("/admin#reports")}
      />
      <ConfirmPassword />
    </>
  );
}

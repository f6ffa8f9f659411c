"use client";

import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import type { SameNames } from "./use-open-files";

/** Asks what to do with files whose names are taken. */
export function SameNamesDialog({ question }: { question: SameNames | null }) {
  const names = question?.names ?? [];
  return (
    <Dialog
      open={question !== null}
      onOpenChange={() => question?.answer(null)}
      title={names.length === 1 ? `There is a ${names[0]} already` : "Some of the names are taken"}
      description={
        names.length === 1
          ? "Replace it by the new one, or keep both?"
          : `Replace ${names.join(", ")} by the new ones, or keep both?`
      }
    >
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => question?.answer(null)}>Cancel</Button>
        <Button onClick={() => question?.answer("keep both")}>Keep both</Button>
        <Button variant="primary" onClick={() => question?.answer("replace")}>
          Replace
        </Button>
      </div>
    </Dialog>
  );
}

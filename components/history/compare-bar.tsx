"use client";

import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { Button, buttonStyle } from "../ui/button";

interface CompareBarProps {
  /** Ids of at most two selected runs, in the order of selection. */
  selected: readonly string[];
  onClear: () => void;
}

/** Actions for the selected runs. Sticky, so that it is in view wherever a run was selected. */
export function CompareBar({ selected, onClear }: CompareBarProps) {
  const [first, second] = selected;
  return (
    <div role="status" className="pointer-events-none sticky bottom-4 z-20 flex justify-center">
      {first === undefined ? null : (
        <div className="pointer-events-auto flex items-center gap-3 rounded-lg border border-line-strong bg-raised py-2 pr-2 pl-3.5 shadow-pop">
          <p className="text-base">{second === undefined ? "Choose one more run" : "Two runs chosen"}</p>
          {second === undefined ? null : (
            <Link
              href={`/history/compare?a=${encodeURIComponent(first)}&b=${encodeURIComponent(second)}`}
              className={buttonStyle({ variant: "primary" })}
            >
              <GitCompareArrows aria-hidden="true" />
              Compare
            </Link>
          )}
          <Button variant="ghost" onClick={onClear}>
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
}

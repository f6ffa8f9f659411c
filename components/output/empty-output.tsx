"use client";

import { Play } from "lucide-react";
import { RunKeys } from "../run-keys";
import { Button } from "../ui/button";

/** The output pane before the first run. */
export function EmptyOutput({ onExamples }: { onExamples?: () => void }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 p-8 text-center">
      <div className="flex size-10 items-center justify-center rounded-lg border border-line bg-surface text-faint">
        <Play aria-hidden="true" className="size-4" />
      </div>
      <div className="space-y-1">
        <p className="font-medium text-lg">Run the program to see its output</p>
        <p className="text-base text-muted">
          Press <RunKeys className="mx-0.5 text-muted" /> in the editor, or Run above.
        </p>
      </div>
      {onExamples ? <Button onClick={onExamples}>See examples</Button> : null}
    </div>
  );
}

"use client";

import { FolderOutput } from "lucide-react";
import type { RunState } from "@/lib/client/run-state";
import type { Artifact } from "@/lib/schemas/run";
import { Artifacts } from "../output/artifacts";
import { EmptyPanel } from "./empty-panel";
import type { PanelBadge } from "./panels";

/** The files that the run left. */
export function FilesPanel({ artifacts }: { artifacts: readonly Artifact[] }) {
  if (artifacts.length === 0) {
    return (
      <EmptyPanel icon={FolderOutput} title="No files">
        What a program writes to the folder named by <code className="font-mono">$OUTPUT_DIR</code> is kept
        and shown here.
      </EmptyPanel>
    );
  }
  return (
    <div className="h-full overflow-y-auto pb-4">
      <Artifacts artifacts={artifacts} />
    </div>
  );
}

const NONE: readonly Artifact[] = [];

export function artifactsOf({ phase }: RunState): readonly Artifact[] {
  return phase.name === "done" ? phase.result.artifacts : NONE;
}

export function filesBadge(count: number): PanelBadge | null {
  return count === 0
    ? null
    : { mark: count, label: `${count} ${count === 1 ? "file" : "files"}`, tone: "neutral" };
}

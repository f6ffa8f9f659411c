"use client";

import { Archive } from "lucide-react";
import { formatBytes } from "@/lib/client/format";
import { formatDate } from "@/lib/client/local-time";
import type { UsageReport } from "@/lib/schemas/history";
import { cn } from "../ui/cn";

interface RemovedNoteProps {
  kept: UsageReport["kept"] | null;
  className?: string;
}

/** Tells that old runs were removed to make room; nothing while there is nothing to tell. */
export function RemovedNote({ kept, className }: RemovedNoteProps) {
  if (!kept || kept.removedRuns === 0 || kept.removedAt === null) return null;
  const { removedRuns, removedAt, limitBytes } = kept;
  return (
    <p
      className={cn(
        "flex items-start gap-2.5 rounded-lg border border-line bg-surface px-3.5 py-2.5 text-muted text-sm",
        className,
      )}
    >
      <Archive aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        <strong className="font-medium text-ink">
          {removedRuns === 1 ? "One old run was" : `${removedRuns.toLocaleString("en")} old runs were`}{" "}
          removed to make room
        </strong>
        , last on {formatDate(removedAt)}. {formatBytes(limitBytes)} of yours are kept; pinned runs go last.
      </span>
    </p>
  );
}

"use client";

import Link from "next/link";
import { formatBytes } from "@/lib/client/format";
import type { UsageReport } from "@/lib/schemas/history";
import { RemovedNote } from "../history/removed-note";
import { Card } from "../ui/card";
import { Meter } from "../ui/meter";
import { Loading } from "../ui/skeleton";

/** As long as a usual one, so that nothing moves when it comes. */
const UNKNOWN = { runs: 12, bytes: 0, limitBytes: 52_428_800 };

/** How much of the viewer's runs is kept, and what happens at the limit. */
export function KeptRuns({ kept }: { kept: UsageReport["kept"] | null }) {
  const { runs, bytes, limitBytes } = kept ?? UNKNOWN;
  const text = `${formatBytes(bytes)} of ${formatBytes(limitBytes)}`;
  return (
    <Card className="p-4">
      <Loading loading={kept === null}>
        <div className="flex items-baseline justify-between gap-3">
          <h3 className="font-medium text-base">Kept runs</h3>
          <p className="text-base tabular-nums">
            <strong className="font-semibold">{formatBytes(bytes)}</strong>
            <span className="text-muted"> of {formatBytes(limitBytes)}</span>
          </p>
        </div>
        <div className="mt-2.5 mb-2">
          <Meter label="Kept runs" value={bytes} max={limitBytes} text={text} />
        </div>
        <p className="text-muted text-sm">
          {runs.toLocaleString("en")} {runs === 1 ? "run" : "runs"} with code, input, output and files. When
          there is no more room the oldest are removed, pinned ones last;{" "}
          <Link href="/history" className="text-ink underline underline-offset-2">
            delete or pin them
          </Link>{" "}
          yourself to choose.
        </p>
      </Loading>
      {kept === null ? null : <RemovedNote kept={kept} className="mt-3" />}
    </Card>
  );
}

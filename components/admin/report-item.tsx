import { ExternalLink } from "lucide-react";
import { formatDateTime } from "@/lib/client/local-time";
import { runUrl } from "@/lib/client/run-url";
import type { ReportCase } from "@/lib/schemas/moderation";
import { REASON_WORDS } from "../moderation/reason-words";
import { Button } from "../ui/button";

interface ReportItemProps {
  report: ReportCase;
  onTakeDown: () => void;
  onDismiss: () => void;
  onRestore: () => void;
}

/** A reported run with what was said of it, and the decision that it waits for or had. */
export function ReportItem({ report, onTakeDown, onDismiss, onRestore }: ReportItemProps) {
  const { run, owner, complaints } = report;
  const name = run.title ?? (run.preview || "Empty program");
  // Of what is private or down, an admin sees no more than this.
  const visible = run.shared && run.takedown === null && !owner.suspended;
  return (
    <li>
      <article
        aria-label={`Reports of ${name}`}
        className="overflow-hidden rounded-lg border border-line bg-surface"
      >
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3">
          <div className="min-w-0 flex-1 basis-60">
            <h3 className="truncate font-medium text-base">
              {visible ? (
                <a
                  href={runUrl(run.id)}
                  target="_blank"
                  rel="noreferrer"
                  className="inline-flex max-w-full items-center gap-1.5 rounded-sm hover:underline"
                >
                  <span className="truncate">{name}</span>
                  <ExternalLink aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
                  <span className="sr-only">(opens in a new tab)</span>
                </a>
              ) : (
                name
              )}
            </h3>
            <p className="mt-0.5 break-words text-muted text-sm">
              {run.language} · shared by {owner.email ?? "a guest"}
              {owner.suspended ? ", who is suspended" : ""}
              {run.shared ? "" : " · private now"}
            </p>
          </div>
          {report.decision === null ? (
            <div className="flex shrink-0 gap-2">
              <Button size="sm" aria-label={`Dismiss the reports of ${name}`} onClick={onDismiss}>
                Dismiss
              </Button>
              {run.takedown === null ? (
                <Button size="sm" variant="danger" aria-label={`Take down ${name}`} onClick={onTakeDown}>
                  Take down…
                </Button>
              ) : null}
            </div>
          ) : run.takedown === null ? null : (
            <Button size="sm" aria-label={`Restore ${name}`} onClick={onRestore}>
              Restore
            </Button>
          )}
        </header>
        <ul className="divide-y divide-line">
          {complaints.map((complaint) => (
            <li
              key={`${complaint.at} ${complaint.from} ${complaint.text}`}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 text-base"
            >
              <p className="min-w-0 flex-1 break-words">
                <span className="font-medium">{REASON_WORDS[complaint.reason]}</span>
                {complaint.text === "" ? null : (
                  <span className="whitespace-pre-wrap text-muted"> · {complaint.text}</span>
                )}
              </p>
              <p className="text-muted text-sm tabular-nums max-sm:w-full">
                {complaint.from === "guest" ? "a guest" : "a user"},{" "}
                <time dateTime={complaint.at}>{formatDateTime(complaint.at, true)}</time>
              </p>
            </li>
          ))}
        </ul>
        <Decision report={report} />
      </article>
    </li>
  );
}

function Decision({ report }: { report: ReportCase }) {
  const { decision, decidedAt, decidedBy, run } = report;
  if (decision === null || decidedAt === null) return null;
  const down = decision === "taken_down";
  return (
    <p className="break-words border-line border-t bg-sunken px-4 py-2 text-base">
      {down ? "Taken down" : "Dismissed"} by {decidedBy ?? "an admin"},{" "}
      <time dateTime={decidedAt} className="tabular-nums">
        {formatDateTime(decidedAt, true)}
      </time>
      {down && run.takedown === null ? ", and restored since" : ""}
      {run.takedown?.note ? <span className="text-muted"> · {run.takedown.note}</span> : null}
    </p>
  );
}

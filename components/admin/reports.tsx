"use client";

import { ChevronDown, Inbox } from "lucide-react";
import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import { type CaseState, useReports } from "@/lib/client/use-reports";
import type { ReportCase } from "@/lib/schemas/moderation";
import { TakeDownDialog } from "../moderation/take-down-dialog";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Segmented } from "../ui/segmented";
import { ReportItem } from "./report-item";

const STATES = [
  { value: "open", label: "Open" },
  { value: "decided", label: "Decided" },
] as const;

const EMPTY: Readonly<Record<CaseState, string>> = {
  open: "Nothing is reported. What people report of shared runs comes here.",
  decided: "No report was decided yet.",
};

/** Shared runs that people reported, and what became of them. */
export function Reports() {
  const [state, setState] = useState<CaseState>("open");
  const list = useReports(state);
  const [taking, setTaking] = useState<ReportCase | null>(null);
  // A decided case leaves the list, and the focus must not go with it.
  const top = useRef<HTMLDivElement>(null);

  async function decide(work: Promise<void>, done: string, failed: string): Promise<void> {
    try {
      await work;
      toast(done);
      top.current?.focus();
    } catch (error) {
      toast(failed, { description: error instanceof ApiError ? error.message : "Try again." });
      list.refresh();
    }
  }

  return (
    <Section
      id="reports"
      title="Reports"
      description="Shared runs that somebody asked you to look at. Private ones are not to be seen here."
      action={<Segmented label="Which reports" value={state} options={STATES} onChange={setState} />}
    >
      <div ref={top} tabIndex={-1} className="outline-none">
        {list.error && list.items === null ? (
          <LoadFailure text={list.error.message} onRetry={list.refresh} />
        ) : list.items === null ? (
          <RowsSkeleton rows={3} />
        ) : list.items.length === 0 ? (
          <Card className="flex flex-col items-center gap-2 px-4 py-8 text-center text-base text-muted">
            <Inbox aria-hidden="true" className="size-5 text-faint" />
            {EMPTY[state]}
          </Card>
        ) : (
          <ul className="space-y-3">
            {list.items.map((each) => (
              <ReportItem
                key={each.id}
                report={each}
                onTakeDown={() => setTaking(each)}
                onDismiss={() =>
                  void decide(
                    list.dismiss(each.id),
                    "The reports are dismissed",
                    "They could not be dismissed",
                  )
                }
                onRestore={() =>
                  void decide(list.restore(each.run.id), "The run is restored", "It could not be restored")
                }
              />
            ))}
          </ul>
        )}
      </div>
      {list.items !== null && !list.ended ? (
        <Button onClick={list.more} disabled={list.loading} className="mx-auto flex">
          Show more
          <ChevronDown aria-hidden="true" />
        </Button>
      ) : null}
      <TakeDownDialog
        runId={taking?.run.id ?? null}
        suggested={taking?.complaints[0]?.reason ?? "other"}
        onClose={() => setTaking(null)}
        onDone={() => {
          list.changed();
          top.current?.focus();
        }}
      />
    </Section>
  );
}

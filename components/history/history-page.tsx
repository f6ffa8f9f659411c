"use client";

import { Download, Ellipsis, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useUsage } from "@/lib/client/account";
import { isFiltered, NO_FILTERS } from "@/lib/client/history-query";
import { useHistoryFilters } from "@/lib/client/use-history-filters";
import { useLanguages } from "@/lib/client/use-languages";
import { useRunList } from "@/lib/client/use-run-list";
import { ActionItem, ActionLink, ActionMenu, ActionSeparator } from "../ui/action-menu";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Skeleton } from "../ui/skeleton";
import { TooltipProvider } from "../ui/tooltip";
import { Activity, useStatistics } from "./activity";
import { CompareBar } from "./compare-bar";
import { DeleteAllDialog } from "./delete-all-dialog";
import { FilterBar } from "./filter-bar";
import { ListSkeleton } from "./history-states";
import { RemovedNote } from "./removed-note";
import { useDeleted } from "./run-deletes";
import { RunListView } from "./run-list";
import { useNow } from "./use-now";
import { useRowActions } from "./use-row-actions";

/** The history: search, rename, pin, delete, compare. */
export function HistoryPage() {
  const [filters, setFilters] = useHistoryFilters();
  const list = useRunList(filters);
  const [languagesState] = useLanguages();
  const languages = languagesState.name === "ready" ? languagesState.languages : [];
  const statistics = useStatistics(list.rows?.[0]?.id ?? "");
  const deleted = useDeleted();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const now = useNow();
  const actions = useRowActions(list, setSelected);
  const runs = useMemo(() => list.rows?.filter(({ id }) => !deleted.has(id)) ?? null, [list.rows, deleted]);

  return (
    <div className="mx-auto w-full max-w-5xl space-y-4 px-4 py-5 sm:px-6">
      <div className="flex items-center justify-between gap-3">
        <h1 className="font-semibold text-xl">History</h1>
        <PageMenu onDeleted={list.refresh} />
      </div>
      <RemovedNote kept={useUsage()?.kept ?? null} />
      {statistics === null ? null : <Activity statistics={statistics} />}
      {/* Not before it is known whether there are charts above and how wide the filters are: it would be moved. */}
      {statistics === undefined || languagesState.name === "loading" ? (
        <RunsSkeleton />
      ) : (
        <>
          <FilterBar filters={filters} languages={languages} onChange={setFilters} />
          <TooltipProvider>
            <RunListView
              list={list}
              runs={runs}
              filtered={isFiltered(filters)}
              languages={languages}
              now={now}
              selected={selected}
              actions={actions}
              onClearFilters={() => setFilters(NO_FILTERS)}
            />
          </TooltipProvider>
        </>
      )}
      <CompareBar selected={selected.filter((id) => !deleted.has(id))} onClear={() => setSelected([])} />
    </div>
  );
}

function RunsSkeleton() {
  return (
    <>
      <Skeleton className="h-8 w-full touch:h-11" />
      <Card>
        <ListSkeleton />
      </Card>
    </>
  );
}

function PageMenu({ onDeleted }: { onDeleted: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ActionMenu
        label="Export and delete"
        trigger={
          <Button variant="ghost" size="icon" aria-label="Export and delete">
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <ActionLink href="/api/runs/export?format=json" download>
          <Download aria-hidden="true" />
          Export as JSON
        </ActionLink>
        <ActionLink href="/api/runs/export?format=csv" download>
          <Download aria-hidden="true" />
          Export as CSV
        </ActionLink>
        <ActionSeparator />
        <ActionItem danger onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden="true" />
          Delete all runs…
        </ActionItem>
      </ActionMenu>
      <DeleteAllDialog open={asking} onOpenChange={setAsking} onDeleted={onDeleted} />
    </>
  );
}

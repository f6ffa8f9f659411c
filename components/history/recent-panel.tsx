"use client";

import { History } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "../ui/button";
import { Sheet } from "../ui/dialog";
import { Tooltip } from "../ui/tooltip";
import { usePageSize } from "../use-page-size";
import { RecentRuns } from "./recent-runs";

export interface PanelControl {
  /** Shown as a column beside the editor, on wide windows. Remembered. */
  docked: boolean;
  /** Shown as a modal sheet, on narrow windows. Not remembered: no page should open with a sheet over it. */
  over: boolean;
  toggle: () => void;
  close: () => void;
}

/** Whether and how the panel of recent runs is shown. */
export function useRecentPanel(open: boolean, onOpen: (open: boolean) => void): PanelControl {
  const wide = usePageSize() === "wide";
  const [over, setOver] = useState(false);
  return {
    docked: wide && open,
    over: !wide && over,
    toggle: () => (wide ? onOpen(!open) : setOver(!over)),
    close: () => (wide ? onOpen(false) : setOver(false)),
  };
}

/** The header's button that toggles the panel. */
export function RecentToggle({ panel }: { panel: PanelControl }) {
  return (
    <Tooltip label="Recent runs">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Recent runs"
        aria-expanded={panel.docked || panel.over}
        onClick={panel.toggle}
        className="aria-expanded:bg-hover aria-expanded:text-ink"
      >
        <History aria-hidden="true" />
      </Button>
    </Tooltip>
  );
}

type RecentPanelProps = Omit<ComponentProps<typeof RecentRuns>, "onClose"> & { panel: PanelControl };

/** The panel, docked or as a sheet. */
export function RecentPanel({ panel, onOpen, ...props }: RecentPanelProps) {
  if (panel.docked) {
    return (
      <aside aria-label="Recent runs" className="w-72 shrink-0 border-line border-l bg-surface">
        <RecentRuns {...props} onOpen={onOpen} onClose={panel.close} />
      </aside>
    );
  }
  return (
    <Sheet open={panel.over} onOpenChange={panel.close} title="Recent runs">
      <RecentRuns
        {...props}
        onOpen={(id) => {
          panel.close();
          onOpen(id);
        }}
        onClose={panel.close}
      />
    </Sheet>
  );
}

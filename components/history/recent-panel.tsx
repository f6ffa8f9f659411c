"use client";

import { History } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "../ui/button";
import { Sheet } from "../ui/dialog";
import { Tooltip } from "../ui/tooltip";
import { usePageSize } from "../use-page-size";
import { RecentRuns } from "./recent-runs";

export interface PanelControl {
  /** Beside the editor, where there is room. Remembered. */
  docked: boolean;
  /** Over the page, where there is not. Never remembered: no page should open with something over it. */
  over: boolean;
  toggle: () => void;
  close: () => void;
}

/** Whether the panel of recent runs is to be seen, and in which form. */
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

/** The button in the header that shows and hides the panel. */
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

/** The panel itself: a column of the page, or a sheet over it. */
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

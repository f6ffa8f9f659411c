"use client";

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { PanelId } from "@/lib/client/settings";
import { cn } from "../ui/cn";
import { TabList, TabPanel, Tabs, TabTrigger } from "../ui/tabs";

/** What a tab says of its panel: how many there are of something, or only that there is something. */
export interface PanelBadge {
  /** A number or a spinner; `null` for a mere dot. */
  mark: ReactNode;
  /** The badge in words, for screen readers. */
  label: string;
  tone: "neutral" | "good" | "bad" | "accent";
}

/** One panel beside or below the editor; on phones a screen of its own. */
export interface PanelSpec {
  id: PanelId;
  name: string;
  icon: LucideIcon;
  badge: PanelBadge | null;
  /** There is nothing in it. Its tab is quiet, but can be chosen all the same. */
  quiet: boolean;
  content: ReactNode;
}

interface PanelsProps {
  panels: readonly PanelSpec[];
  /** One of `panels`. */
  value: PanelId;
  onChange: (id: PanelId) => void;
  /** At the end of the row of tabs. */
  actions: ReactNode;
}

/** The panels as tabs. All of them stay mounted, so that a terminal, a scroll position and half-typed text survive a look elsewhere. */
export function Panels({ panels, value, onChange, actions }: PanelsProps) {
  return (
    <Tabs
      value={value}
      onValueChange={(id) => onChange(id as PanelId)}
      className="flex h-full min-h-0 flex-col bg-canvas"
    >
      <div className="flex h-10 shrink-0 items-center border-line border-b bg-surface pr-2 pl-1 touch:h-11">
        <TabList aria-label="Panels" className="no-scrollbar h-full min-w-0 flex-1 gap-0 overflow-x-auto">
          {panels.map(({ id, name, badge, quiet }) => (
            <TabTrigger
              key={id}
              value={id}
              className={cn("tab-underline relative pr-6 pl-3", quiet && "text-faint")}
            >
              {name}
              {/* In a place that is kept for it: a badge that comes moves no other tab. */}
              {badge ? (
                <span className="absolute right-1">
                  <Badge {...badge} />
                </span>
              ) : null}
            </TabTrigger>
          ))}
        </TabList>
        {actions}
      </div>
      {panels.map(({ id, content }) => (
        <TabPanel key={id} value={id} className="flex-1">
          {content}
        </TabPanel>
      ))}
    </Tabs>
  );
}

const TONES: Readonly<Record<PanelBadge["tone"], string>> = {
  neutral: "bg-hover text-muted",
  good: "bg-good-wash text-good",
  bad: "bg-bad-wash text-bad",
  accent: "bg-accent-wash text-accent-ink",
};

/** A tab's badge. */
export function Badge({ mark, label, tone }: PanelBadge) {
  return (
    <>
      {mark === null ? (
        <span aria-hidden="true" className="size-1.5 rounded-full bg-accent-ink" />
      ) : (
        <span
          aria-hidden="true"
          className={cn(
            "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 font-medium text-xs tabular-nums",
            TONES[tone],
          )}
        >
          {mark}
        </span>
      )}
      <span className="sr-only"> {label}</span>
    </>
  );
}

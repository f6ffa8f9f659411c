"use client";

import type { ReactNode } from "react";
import type { Settings } from "@/lib/client/settings";
import type { Preferences } from "@/lib/schemas/account";
import { Panel, PanelGroup, PanelHandle } from "./ui/resizable";
import { Tab, TabList, TabPanel, Tabs } from "./ui/tabs";
import { usePageSize } from "./use-page-size";

export type Side = "code" | "output";

interface SplitViewProps {
  code: ReactNode;
  output: ReactNode;
  /** Where the output goes when both fit. */
  layout: Preferences["layout"];
  /** The one to show when only one fits. */
  side: Side;
  onSide: (side: Side) => void;
  /** Shown on the Output tab, so that a run's progress is visible from the Code tab. */
  outputBadge: ReactNode;
  split: Settings["split"];
  onSplit: (split: Settings["split"]) => void;
}

/** Editor and output side by side, stacked, or as tabs, depending on the preference and the window's size. */
export function SplitView(props: SplitViewProps) {
  const { code, output, layout, side, onSide, outputBadge, split, onSplit } = props;
  const size = usePageSize();
  if (size === "narrow") {
    return (
      <Tabs
        value={side}
        onValueChange={(next) => onSide(next as Side)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabList aria-label="View" className="border-line border-b bg-surface px-2 py-1">
          <Tab value="code">Code</Tab>
          <Tab value="output">Output{outputBadge}</Tab>
        </TabList>
        <TabPanel value="code" className="flex-1">
          {code}
        </TabPanel>
        <TabPanel value="output" className="flex-1">
          {output}
        </TabPanel>
      </Tabs>
    );
  }
  const beside = layout === "auto" ? size === "wide" : layout === "side";
  const orientation = beside ? "horizontal" : "vertical";
  return (
    <PanelGroup
      key={orientation}
      orientation={orientation}
      defaultLayout={{ code: split[orientation], output: 100 - split[orientation] }}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction && layout.code) onSplit({ ...split, [orientation]: layout.code });
      }}
      className="min-h-0 flex-1"
    >
      <Panel id="code" minSize="25%">
        {code}
      </Panel>
      <PanelHandle label="Resize editor and output" />
      <Panel id="output" minSize="25%">
        {output}
      </Panel>
    </PanelGroup>
  );
}

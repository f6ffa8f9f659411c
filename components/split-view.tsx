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
  /** Where the output stands, when there is room for both. */
  layout: Preferences["layout"];
  /** Which one is seen where there is room for one only. */
  side: Side;
  onSide: (side: Side) => void;
  /** A word on the Output tab, so that it is known on the other one how the run stands. */
  outputBadge: ReactNode;
  split: Settings["split"];
  onSplit: (split: Settings["split"]) => void;
}

/** Editor and output: beside each other, above each other, or as tabs, by what was chosen and what there is room for. */
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

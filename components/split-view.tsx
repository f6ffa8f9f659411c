"use client";

import { Code2, Columns2, Rows2 } from "lucide-react";
import type { ReactNode } from "react";
import type { PanelId, Settings } from "@/lib/client/settings";
import type { Preferences } from "@/lib/schemas/preferences";
import { Button } from "./ui/button";
import { cn } from "./ui/cn";
import { Panel, PanelGroup, PanelHandle } from "./ui/resizable";
import { TabList, TabPanel, Tabs, TabTrigger } from "./ui/tabs";
import { Tooltip } from "./ui/tooltip";
import { usePageSize } from "./use-page-size";
import { Badge, type PanelSpec, Panels } from "./workbench/panels";

export type Side = "code" | "panel";

interface SplitViewProps {
  code: ReactNode;
  panels: readonly PanelSpec[];
  /** The chosen panel. */
  panel: PanelId;
  onPanel: (panel: PanelId) => void;
  /** Which of editor and panels to show where only one fits. */
  side: Side;
  onSide: (side: Side) => void;
  /** Where the panels go when both fit. */
  layout: Preferences["layout"];
  onLayout: (layout: Preferences["layout"]) => void;
  split: Settings["split"];
  onSplit: (split: Settings["split"]) => void;
}

/** Editor and panels side by side, stacked, or one screen each, depending on the preference and the window's size. */
export function SplitView(props: SplitViewProps) {
  const { code, panels, onPanel, layout, onLayout, split, onSplit } = props;
  const size = usePageSize();
  // The remembered one may be of another version of the page.
  const panel = panels.some(({ id }) => id === props.panel) ? props.panel : "output";
  if (size === "narrow") return <Screens {...props} panel={panel} />;
  const beside = size === "short" || (layout === "auto" ? size === "wide" : layout === "side");
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
        <Panels
          panels={panels}
          value={panel}
          onChange={onPanel}
          actions={
            size === "short" ? null : (
              <LayoutToggle beside={beside} onToggle={() => onLayout(beside ? "below" : "side")} />
            )
          }
        />
      </Panel>
    </PanelGroup>
  );
}

function LayoutToggle({ beside, onToggle }: { beside: boolean; onToggle: () => void }) {
  const label = beside ? "Put the panels below the editor" : "Put the panels beside the editor";
  return (
    <Tooltip label={label}>
      <Button variant="ghost" size="icon-sm" aria-label={label} onClick={onToggle}>
        {beside ? <Rows2 aria-hidden="true" /> : <Columns2 aria-hidden="true" />}
      </Button>
    </Tooltip>
  );
}

/** On phones: the editor and each panel is a screen of its own, chosen at the bottom, where the thumb is. */
function Screens({ code, panels, panel, onPanel, side, onSide }: SplitViewProps) {
  const shown = side === "code" ? "code" : panel;
  return (
    <Tabs
      value={shown}
      onValueChange={(next) => {
        if (next !== "code") onPanel(next as PanelId);
        onSide(next === "code" ? "code" : "panel");
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabPanel value="code" className="flex-1">
        {code}
      </TabPanel>
      {panels.map(({ id, content }) => (
        <TabPanel key={id} value={id} className="flex-1 bg-canvas">
          {content}
        </TabPanel>
      ))}
      <TabList
        aria-label="View"
        className="screen-tabs no-scrollbar shrink-0 gap-0 overflow-x-auto border-line border-t bg-surface px-1"
      >
        <Screen value="code" name="Code" icon={<Code2 aria-hidden="true" />} />
        {panels.map(({ id, name, icon: Icon, badge, quiet }) => (
          <Screen
            key={id}
            value={id}
            name={name}
            icon={<Icon aria-hidden="true" />}
            badge={badge ? <Badge {...badge} /> : null}
            quiet={quiet}
          />
        ))}
      </TabList>
    </Tabs>
  );
}

interface ScreenProps {
  value: string;
  name: string;
  icon: ReactNode;
  badge?: ReactNode;
  quiet?: boolean;
}

function Screen({ value, name, icon, badge = null, quiet = false }: ScreenProps) {
  return (
    <TabTrigger
      value={value}
      className={cn(
        "tab-bar relative h-13 min-w-12 flex-auto flex-col-reverse gap-0.5 px-1 text-xs [&_svg]:size-5",
        quiet && "text-faint",
      )}
    >
      {/* First the name, as it is read out; it is drawn below the icon. */}
      {name}
      <span className="relative">
        {icon}
        {badge ? <span className="-top-1.5 absolute left-3.5 flex">{badge}</span> : null}
      </span>
    </TabTrigger>
  );
}

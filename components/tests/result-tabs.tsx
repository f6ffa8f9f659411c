"use client";

import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "../ui/tabs";

export type ResultView = "result" | "tests";

interface ResultTabsProps {
  view: ResultView;
  onView: (view: ResultView) => void;
  /** Shown on the Tests tab: how many there are. */
  count: number;
  result: ReactNode;
  tests: ReactNode;
}

/** Result and tests as tabs, until the workbench has panels for all of its parts. */
export function ResultTabs({ view, onView, count, result, tests }: ResultTabsProps) {
  return (
    <Tabs
      value={view}
      onValueChange={(next) => onView(next === "tests" ? "tests" : "result")}
      className="flex h-full min-h-0 flex-col"
    >
      <TabList aria-label="Result and tests" className="border-line border-b bg-surface px-2 py-0.5">
        <Tab value="result" className="h-8 flex-none px-3 max-sm:h-11">
          Result
        </Tab>
        <Tab value="tests" className="h-8 flex-none px-3 max-sm:h-11">
          Tests
          {count === 0 ? null : <span className="text-faint tabular-nums">{count}</span>}
        </Tab>
      </TabList>
      <TabPanel value="result" className="flex-1">
        {result}
      </TabPanel>
      <TabPanel value="tests" className="flex-1">
        {tests}
      </TabPanel>
    </Tabs>
  );
}

"use client";

import { Separator } from "react-resizable-panels";

export { Group as PanelGroup, Panel } from "react-resizable-panels";

/** The separator of two panels: one pixel wide, with a larger hit area, and operable by arrow keys. */
export function PanelHandle({ label }: { label: string }) {
  return (
    <Separator
      aria-label={label}
      className="group relative bg-line transition-colors duration-100 focus-visible:bg-focus focus-visible:outline-none data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px"
    />
  );
}

"use client";

import { useEffect } from "react";

const PROPERTY = "--toast-bottom";
/** From the edge of what a toast lies over. */
const GAP_PX = 12;
/** On a phone's other screens: above the tabs, and above what is typed into at their ends. */
const ABOVE_FIELDS_PX = 188;

/** Keeps toasts in the corner of the code, where they cover no control, wherever the editor's lower edge is. */
export function useToastPlace(shown: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen has another place for them
  useEffect(() => {
    const root = document.documentElement;
    const place = () => {
      const edge = document.getElementById("code")?.getBoundingClientRect();
      const visible = edge !== undefined && edge.height > 0;
      const bottom = visible ? window.innerHeight - edge.bottom + GAP_PX : ABOVE_FIELDS_PX;
      root.style.setProperty(PROPERTY, `${Math.round(bottom)}px`);
    };
    const observer = new ResizeObserver(place);
    const code = document.getElementById("code");
    if (code) observer.observe(code);
    observer.observe(root);
    place();
    return () => {
      observer.disconnect();
      root.style.removeProperty(PROPERTY);
    };
  }, [shown]);
}

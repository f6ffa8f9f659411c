"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import {
  DARK_THEME,
  HIGH_CONTRAST_DARK_THEME,
  HIGH_CONTRAST_LIGHT_THEME,
  LIGHT_THEME,
} from "./monaco-themes";

const FORCED = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

/** The editor's theme: the page's, or a high-contrast one where the system forces its colours on pages. */
export function useEditorTheme(): string {
  const { resolvedTheme } = useTheme();
  const highContrast = useSyncExternalStore(subscribe, highContrastTheme, () => null);
  return highContrast ?? (resolvedTheme === "dark" ? DARK_THEME : LIGHT_THEME);
}

function highContrastTheme(): string | null {
  if (!window.matchMedia(FORCED).matches) return null;
  return window.matchMedia(DARK).matches ? HIGH_CONTRAST_DARK_THEME : HIGH_CONTRAST_LIGHT_THEME;
}

function subscribe(onChange: () => void): () => void {
  const queries = [window.matchMedia(FORCED), window.matchMedia(DARK)];
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}

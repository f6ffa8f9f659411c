"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { usePreferences } from "@/lib/client/use-preferences";
import {
  DARK_THEME,
  HIGH_CONTRAST_DARK_THEME,
  HIGH_CONTRAST_LIGHT_THEME,
  LIGHT_THEME,
} from "./monaco-themes";

const FORCED = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

/** The editor's theme: the page's, or a high-contrast one where that is preferred or the system forces its colours on pages. */
export function useEditorTheme(): string {
  const { resolvedTheme } = useTheme();
  const [{ contrast }] = usePreferences();
  const forced = useSyncExternalStore(subscribe, highContrastTheme, () => null);
  if (forced === null && contrast === "high")
    return resolvedTheme === "dark" ? HIGH_CONTRAST_DARK_THEME : HIGH_CONTRAST_LIGHT_THEME;
  return forced ?? (resolvedTheme === "dark" ? DARK_THEME : LIGHT_THEME);
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

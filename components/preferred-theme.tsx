"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { preferences } from "@/lib/client/page-preferences";

/** Applies the preferred theme, which may change in the header, the settings, another tab or the account. */
export function PreferredTheme() {
  const { setTheme } = useTheme();
  useEffect(() => {
    const apply = () => {
      const { theme, contrast } = preferences.get();
      setTheme(theme);
      document.documentElement.classList.toggle("high-contrast", contrast === "high");
    };
    apply();
    window.addEventListener("storage", preferences.reload);
    window.addEventListener("pagehide", preferences.flush);
    const unsubscribe = preferences.subscribe(apply);
    return () => {
      unsubscribe();
      window.removeEventListener("storage", preferences.reload);
      window.removeEventListener("pagehide", preferences.flush);
    };
  }, [setTheme]);
  return null;
}

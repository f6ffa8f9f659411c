"use client";

import { useCallback, useEffect } from "react";
import { withRecent } from "./recent-languages";
import { loadSettings, type Settings } from "./settings";
import { browserStorage } from "./storage";

/**
 * Remembers the language of each run, and returns a function that remembers a picked one. Opening a program does not count: whoever browses
 * their programs is not choosing a language.
 */
export function useRecentLanguages(
  update: (patch: Partial<Settings>) => void,
  /** The language of the run that is active. */
  running: string | null,
): (id: string) => void {
  const remember = useCallback(
    (id: string) => {
      // From the storage: other tabs pick languages too.
      const { recentLanguages } = loadSettings(browserStorage);
      const recent = withRecent(recentLanguages, id);
      if (recent !== recentLanguages) update({ recentLanguages: [...recent] });
    },
    [update],
  );
  useEffect(() => {
    if (running) remember(running);
  }, [running, remember]);
  return remember;
}

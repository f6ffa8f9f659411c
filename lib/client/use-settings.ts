"use client";

import { useCallback, useState } from "react";
import { loadSettings, type Settings, saveSettings } from "./settings";
import { browserStorage } from "./storage";

/** This browser's settings. Changes of other tabs apply from the next load on, so that no page changes by itself. */
export function useSettings(): [Settings, (patch: Partial<Settings>) => void] {
  const [settings, setSettings] = useState(() => loadSettings(browserStorage));
  const update = useCallback((patch: Partial<Settings>) => {
    setSettings((current) => ({ ...current, ...patch }));
    saveSettings(browserStorage, { ...loadSettings(browserStorage), ...patch });
  }, []);
  return [settings, update];
}

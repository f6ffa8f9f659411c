"use client";

import { useEffect, useRef } from "react";
import { call } from "./api";

/** Below the server's half-life of demand, which is a minute. */
const AGAIN_MS = 45_000;

/**
 * Tells the server which language is selected or edited, so that a warm sandbox is ready before Run is pressed, or an image that is missing
 * begins to be made; `onNotReady` is then called. Optional: without it the first run takes longer.
 */
export function usePrewarm(language: string | null, code: string | undefined, onNotReady: () => void): void {
  const told = useRef(new Map<string, number>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: every keystroke counts as a sign that a run is near
  useEffect(() => {
    if (!language) return;
    const now = Date.now();
    if (now - (told.current.get(language) ?? 0) < AGAIN_MS) return;
    told.current.set(language, now);
    call("warmLanguage", { params: { id: language } }).then(
      ({ ready }) => {
        if (!ready) onNotReady();
      },
      () => {},
    );
  }, [language, code]);
}

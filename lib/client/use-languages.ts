"use client";

import { useCallback, useEffect, useState } from "react";
import type { LanguageInfo } from "../schemas/language";
import { ApiError, call, unreachable } from "./api";

export type LanguagesState =
  | { name: "loading" }
  | { name: "ready"; languages: readonly LanguageInfo[] }
  | { name: "failed"; error: ApiError };

/** The languages this server offers, and a way to ask again. */
export function useLanguages(): [LanguagesState, () => void] {
  const [state, setState] = useState<LanguagesState>({ name: "loading" });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a new request
  useEffect(() => {
    const controller = new AbortController();
    setState({ name: "loading" });
    call("languages", { signal: controller.signal }).then(
      ({ languages }) => setState({ name: "ready", languages }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setState({ name: "failed", error: error instanceof ApiError ? error : unreachable(error) });
      },
    );
    return () => controller.abort();
  }, [attempt]);

  return [state, useCallback(() => setAttempt((count) => count + 1), [])];
}

"use client";

import { useCallback } from "react";
import useSWR, { preload } from "swr";
import type { LanguageInfo } from "../schemas/language";
import { ApiError, call, unreachable } from "./api";

export type LanguagesState =
  | { name: "loading" }
  | { name: "ready"; languages: readonly LanguageInfo[] }
  | { name: "failed"; error: ApiError };

type Answer = { languages: readonly LanguageInfo[] };

/** Polling interval while images are not ready. */
const NOT_READY_MS = 15_000;

const KEY = "languages";
const load = () => call("languages");

/** Asks for the languages before anything that shows them is there. */
export function preloadLanguages(): void {
  void preload(KEY, load);
}

/** The languages this server offers, with a function to retry after a failure. One request for the whole page. */
export function useLanguages(): [LanguagesState, () => void] {
  const { data, error, isValidating, mutate } = useSWR<Answer, unknown>(KEY, load, {
    // While the server runs the list changes only in that images become ready. A failed refresh must not discard it.
    refreshInterval: (latest) => (latest?.languages.every(({ ready }) => ready) === false ? NOT_READY_MS : 0),
    revalidateIfStale: false,
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
  });
  const reload = useCallback(() => void mutate().catch(() => {}), [mutate]);
  if (data) return [{ name: "ready", languages: data.languages }, reload];
  if (error === undefined || isValidating) return [{ name: "loading" }, reload];
  return [{ name: "failed", error: error instanceof ApiError ? error : unreachable(error) }, reload];
}

"use client";

import { useCallback } from "react";
import useSWR from "swr";
import type { LanguageInfo } from "../schemas/language";
import { ApiError, call, unreachable } from "./api";

export type LanguagesState =
  | { name: "loading" }
  | { name: "ready"; languages: readonly LanguageInfo[] }
  | { name: "failed"; error: ApiError };

type Answer = { languages: readonly LanguageInfo[] };

/** How often is looked whether further images are ready. */
const NOT_READY_MS = 15_000;

/** The languages this server offers, fetched once for all who ask on the page, and a way to ask again after a failure. */
export function useLanguages(): [LanguagesState, () => void] {
  const { data, error, isValidating, mutate } = useSWR<Answer, unknown>(
    "languages",
    () => call("languages"),
    {
      // The list does not change while the server runs, except that images become ready; a failed refresh must not cost it.
      refreshInterval: (latest) =>
        latest?.languages.every(({ ready }) => ready) === false ? NOT_READY_MS : 0,
      revalidateIfStale: false,
      revalidateOnFocus: false,
      revalidateOnReconnect: false,
      shouldRetryOnError: false,
    },
  );
  const reload = useCallback(() => void mutate().catch(() => {}), [mutate]);
  if (data) return [{ name: "ready", languages: data.languages }, reload];
  if (error === undefined || isValidating) return [{ name: "loading" }, reload];
  return [{ name: "failed", error: error instanceof ApiError ? error : unreachable(error) }, reload];
}

"use client";

import { useCallback } from "react";
import useSWR, { preload } from "swr";
import { ApiError, call, unreachable } from "./api";
import { apart, type LanguagesAnswer, pollMs } from "./language-progress";

export type LanguagesState =
  | { name: "loading" }
  | ({ name: "ready" } & LanguagesAnswer)
  | { name: "failed"; error: ApiError };

const KEY = "languages";

/** What SWR has, too. */
let last: LanguagesAnswer | null = null;

/** A failed refresh must not discard what is known, nor end the refreshing. */
async function load(): Promise<LanguagesAnswer> {
  try {
    const { languages } = await call("languages");
    last = apart(languages, last?.languages ?? null);
  } catch (error) {
    if (!last) throw error;
  }
  return last;
}

/** Asks for the languages before anything that shows them is there. */
export function preloadLanguages(): void {
  void preload(KEY, load);
}

/**
 * The languages this server offers, with a function to ask again. One request for the whole page, repeated only while the language that the
 * page is about is not ready: while the server runs the list changes only in that images become ready.
 */
export function useLanguages(chosen?: string): [LanguagesState, () => void] {
  const { data, error, isValidating, mutate } = useSWR<LanguagesAnswer, unknown>(KEY, load, {
    // A number: with each render SWR would begin a new function's anew, and somebody may be typing.
    refreshInterval: pollMs(last, chosen),
    revalidateIfStale: false,
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
  });
  const reload = useCallback(() => void mutate().catch(() => {}), [mutate]);
  if (data) return [{ name: "ready", ...data }, reload];
  if (error === undefined || isValidating) return [{ name: "loading" }, reload];
  return [{ name: "failed", error: error instanceof ApiError ? error : unreachable(error) }, reload];
}

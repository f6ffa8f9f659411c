"use client";

import useSWR from "swr";
import type { ExampleInfo } from "../schemas/language";
import { ApiError, call, unreachable } from "./api";

export type ExamplesState =
  | { name: "loading" }
  | { name: "ready"; examples: readonly ExampleInfo[] }
  | { name: "failed"; error: ApiError };

/** A language's examples, asked for once `language` is given. They do not change while the server runs. */
export function useExamples(language: string | null): [ExamplesState, () => void] {
  const { data, error, isValidating, mutate } = useSWR(
    language === null ? null : ["examples", language],
    ([, id]) => call("examples", { params: { id } }),
    {
      revalidateIfStale: false,
      revalidateOnFocus: false,
      revalidateOnReconnect: false,
      shouldRetryOnError: false,
    },
  );
  const reload = () => void mutate().catch(() => {});
  if (data) return [{ name: "ready", examples: data.examples }, reload];
  if (error === undefined || isValidating) return [{ name: "loading" }, reload];
  return [{ name: "failed", error: error instanceof ApiError ? error : unreachable(error) }, reload];
}
